// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.reference.server.Frames;
import org.tf2trt.verify.reference.server.ReferenceServer;
import org.tf2trt.verify.reference.server.Request;

/**
 * A child process with TensorFlow in it. It is a process of its own because TensorFlow reads {@code
 * TF_ENABLE_ONEDNN_OPTS} from the environment when its library loads, because a crash of it must
 * not be one of ours, and because no other command shall load it.
 */
final class TensorFlowProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;

  private final Process process;
  private final DataOutputStream to;
  private final DataInputStream from;
  private final ErrorTail errors;

  private TensorFlowProcess(Process process) {
    this.process = process;
    this.to = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16));
    this.from = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
    this.errors = ErrorTail.of(process.getErrorStream());
  }

  /** Starts it; throws {@code REFERENCE_MISSING} when there is no TensorFlow to start. */
  static TensorFlowProcess start(Consumer<String> notice) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m");
    // Tensors are freed by hand, and their memory is not the heap's.
    command.addAll(
        List.of(
            "-Dorg.bytedeco.javacpp.nopointergc=true",
            "-Dorg.bytedeco.javacpp.maxbytes=0",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", TensorFlowNatives.classPath(notice)));
    command.add(ReferenceServer.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    // With oneDNN on, kernels of TensorFlow 2.21 have been off by up to 0.16 on real networks.
    builder.environment().put("TF_ENABLE_ONEDNN_OPTS", "0");
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    try {
      return new TensorFlowProcess(builder.start());
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.REFERENCE_FAILED,
          "TensorFlow",
          "its process does not start: " + e.getMessage(),
          "check the Java installation");
    }
  }

  void loadSavedModel(Path folder, List<String> tags) {
    ask(
        "it does not load " + folder,
        () -> {
          Frames.writeText(to, Request.SAVED_MODEL.name());
          Frames.writeText(to, folder.toString());
          Frames.writeTexts(to, tags);
        });
  }

  void graph(byte[] graph) {
    ask(
        "it does not take the graph",
        () -> {
          Frames.writeText(to, Request.GRAPH.name());
          Frames.writeBytes(to, graph);
        });
  }

  void addGraph(String prefix, byte[] graph) {
    ask(
        "it does not take the inlined graph",
        () -> {
          Frames.writeText(to, Request.ADD_GRAPH.name());
          Frames.writeText(to, prefix);
          Frames.writeBytes(to, graph);
        });
  }

  void target(Map<String, TensorData> feeds, String target) {
    ask(
        "it does not run '" + target + "'",
        () -> {
          Frames.writeText(to, Request.TARGET.name());
          write(feeds);
          Frames.writeText(to, target);
        });
  }

  List<TensorData> run(Map<String, TensorData> feeds, List<String> fetches) {
    ask(
        "it does not run the model",
        () -> {
          Frames.writeText(to, Request.RUN.name());
          write(feeds);
          Frames.writeTexts(to, fetches);
        });
    List<TensorData> results = new ArrayList<>();
    try {
      for (int i = 0; i < fetches.size(); i++) {
        results.add(Frames.readTensor(from));
      }
    } catch (IOException e) {
      throw died("it ended while it answered", e);
    }
    return results;
  }

  private void write(Map<String, TensorData> feeds) throws IOException {
    to.writeInt(feeds.size());
    for (Map.Entry<String, TensorData> feed : feeds.entrySet()) {
      Frames.writeText(to, feed.getKey());
      Frames.writeTensor(to, feed.getValue());
    }
  }

  /** The fields of a request. */
  private interface Fields {
    void write() throws IOException;
  }

  private void ask(String failure, Fields fields) {
    try {
      fields.write();
      to.flush();
      if (!from.readBoolean()) {
        throw failed(failure + ": " + line(Frames.readText(from)));
      }
    } catch (IOException e) {
      throw died(failure, e);
    }
  }

  private DiagnosticException died(String what, IOException e) {
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    String said = errors.text();
    return failed(what + ": its process ended: " + (said.isEmpty() ? e.toString() : line(said)));
  }

  private static DiagnosticException failed(String what) {
    return DiagnosticException.of(
        Code.REFERENCE_FAILED,
        "TensorFlow",
        what,
        "name sizes with --dim and values with --range, feed --data, or give arrays with --golden");
  }

  private static String line(String text) {
    String flat = text.strip().replaceAll("\\s+", " ");
    return flat.length() > 500 ? flat.substring(0, 500) + "..." : flat;
  }

  @Override
  public void close() {
    try {
      to.close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
