// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.run;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * An ONNX model loaded into ONNX Runtime on the CPU. Its graph optimisations are off unless asked
 * for: they are not always right (its basic level moves a zero Pad into a MaxPool even where the
 * padded values are negative), and a reference must be.
 */
public final class OrtRunner implements ModelRunner {
  /** Which of ONNX Runtime's graph optimisations run. */
  public enum Optimisation {
    NONE,
    ALL
  }

  private static final int THREADS = 2;

  private final String subject;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final List<Port> inputs;
  private final List<Port> outputs;

  private OrtRunner(String subject, OrtEnvironment environment, OrtSession session)
      throws OrtException {
    this.subject = subject;
    this.environment = environment;
    this.session = session;
    this.inputs = ports(session.getInputInfo().values());
    this.outputs = ports(session.getOutputInfo().values());
  }

  /** The same model, of which {@code session} takes unsigned inputs as i64. */
  private OrtRunner(OrtRunner declared, OrtSession session) {
    this.subject = declared.subject;
    this.environment = declared.environment;
    this.session = session;
    this.inputs = declared.inputs;
    this.outputs = declared.outputs;
  }

  /** Loads a model without graph optimisations; throws {@code RUNTIME_FAILED}. */
  public static OrtRunner open(Path model) {
    return open(model, Optimisation.NONE);
  }

  /** Loads a model and the external data beside it; throws {@code RUNTIME_FAILED}. */
  public static OrtRunner open(Path model, Optimisation optimisation) {
    OrtSession session = null;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setOptimizationLevel(
          optimisation == Optimisation.ALL
              ? OrtSession.SessionOptions.OptLevel.ALL_OPT
              : OrtSession.SessionOptions.OptLevel.NO_OPT);
      options.setIntraOpNumThreads(THREADS);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      session = environment.createSession(model.toString(), options);
      OrtRunner runner = new OrtRunner(model.toString(), environment, session);
      if (!WideInputs.isNeeded(runner.inputs)) {
        return runner;
      }
      session.close();
      session = environment.createSession(WideInputs.widened(model), options);
      return new OrtRunner(runner, session);
    } catch (OrtException | IOException | IllegalArgumentException e) {
      closeQuietly(session);
      throw failed(model.toString(), "it does not load: " + message(e));
    } catch (UnsatisfiedLinkError e) {
      throw failed(model.toString(), "ONNX Runtime does not run on this machine: " + message(e));
    }
  }

  private static void closeQuietly(OrtSession session) {
    try {
      if (session != null) {
        session.close();
      }
    } catch (OrtException e) {
      // The failure that led here is the one to report.
    }
  }

  private static List<Port> ports(Collection<NodeInfo> infos) {
    List<Port> ports = new ArrayList<>();
    for (NodeInfo info : infos) {
      if (!(info.getInfo() instanceof TensorInfo t)) {
        throw new IllegalArgumentException("'" + info.getName() + "' is not a tensor");
      }
      ports.add(Port.of(info.getName(), OrtTypes.dtype(t.onnxType), t.getShape()));
    }
    return List.copyOf(ports);
  }

  @Override
  public List<Port> inputs() {
    return inputs;
  }

  @Override
  public List<Port> outputs() {
    return outputs;
  }

  @Override
  public Map<String, TensorData> run(Map<String, TensorData> feeds) {
    return run(feeds, session.getOutputNames());
  }

  /** Computes some outputs; throws as {@link #run(Map)}. */
  public Map<String, TensorData> run(Map<String, TensorData> feeds, Set<String> wanted) {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    try {
      for (Port port : inputs) {
        TensorData data = WideInputs.widened(fitting(port, feeds.get(port.name())));
        tensors.put(port.name(), OrtTensors.of(environment, data));
      }
      try (OrtSession.Result result = session.run(tensors, wanted)) {
        Map<String, TensorData> values = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> e : result) {
          values.put(e.getKey(), OrtTensors.data((OnnxTensor) e.getValue()));
        }
        return values;
      }
    } catch (OrtException | IllegalArgumentException e) {
      throw failed(subject, "it does not run: " + message(e));
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private TensorData fitting(Port port, TensorData data) {
    String what = null;
    if (data == null) {
      what = "no data for input " + port;
    } else if (!port.accepts(data.type())) {
      what = "input " + port + " cannot take " + data.type();
    }
    if (what != null) {
      throw DiagnosticException.of(Code.BAD_DATA, subject, what, "feed what the model declares");
    }
    return data;
  }

  private static DiagnosticException failed(String subject, String what) {
    return DiagnosticException.of(
        Code.RUNTIME_FAILED, subject, what, "if the model is valid, report a bug");
  }

  /** ONNX Runtime's message without its preamble, on one line, of bounded length. */
  private static String message(Throwable e) {
    String text = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
    return text.length() > 500 ? text.substring(0, 500) + "..." : text;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(subject, "it does not close: " + message(e));
    }
  }
}
