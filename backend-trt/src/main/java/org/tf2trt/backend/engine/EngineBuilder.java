// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.tf2trt.backend.engine.natives.MessageLog;
import org.tf2trt.backend.engine.natives.NativeObjects;
import org.tf2trt.backend.engine.natives.ProgressCallback;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Builds engines. Bringing it up loads all kernels of TensorRT (8 s and 1.4 GB on version 10.6), so
 * that one builder should build many. Builds of one builder run one after the other.
 */
public final class EngineBuilder implements AutoCloseable {
  private final NativeObjects scope = new NativeObjects();
  private final IBuilder builder;
  private final double startSeconds;
  private boolean closed;

  private EngineBuilder(IBuilder builder, double startSeconds) {
    this.builder = scope.own(builder, "a builder");
    this.startSeconds = startSeconds;
  }

  static EngineBuilder open() {
    long start = System.nanoTime();
    BuilderResources.preload();
    try (MessageLog.Recording log = MessageLog.record()) {
      IBuilder builder = nvinfer.createInferBuilder(MessageLog.logger());
      if (NativeObjects.isMissing(builder)) {
        throw new DiagnosticException(BuilderResources.explain(log.errors()));
      }
      return new EngineBuilder(builder, (System.nanoTime() - start) * 1e-9);
    }
  }

  /** How long it took to come up. */
  public double startSeconds() {
    return startSeconds;
  }

  /**
   * Reads a model without building it.
   *
   * @throws DiagnosticException MODEL_NOT_FOUND when there is no such file; what the parser refuses
   *     is in the report
   */
  public synchronized ParseReport parse(Path onnx) {
    requireOpen(onnx);
    try (NativeObjects objects = new NativeObjects();
        MessageLog.Recording log = MessageLog.record()) {
      return new NetworkSource(builder, objects, log, onnx).report();
    }
  }

  /**
   * The inputs of a model whose values shapes depend on; a profile has to give their ranges.
   *
   * @throws DiagnosticException as {@link #build} does of a model that the parser refuses
   */
  public Set<String> shapeInputs(Path onnx) {
    ParseReport report = parse(onnx);
    if (!report.accepted()) {
      throw new DiagnosticException(report.diagnostics());
    }
    Set<String> names = new LinkedHashSet<>();
    report.inputs().stream().filter(Binding::shapeValues).forEach(b -> names.add(b.name()));
    return names;
  }

  /**
   * Builds a model. The result is to be closed.
   *
   * @throws DiagnosticException MODEL_NOT_FOUND, TENSORRT_REFUSED (parser), BAD_BUILD_OPTION,
   *     BUILD_FAILED
   */
  public synchronized BuiltEngine build(Path onnx, BuildOptions options, BuildProgress progress) {
    requireOpen(onnx);
    try (NativeObjects objects = new NativeObjects();
        MessageLog.Recording log = MessageLog.record();
        ProgressCallback listener = new ProgressCallback(progress)) {
      NetworkSource source = new NetworkSource(builder, objects, log, onnx);
      INetworkDefinition network = source.parsed();
      List<Diagnostic> warnings = new ArrayList<>(MarkedOutputs.mark(network, options));
      long start = System.nanoTime();
      IBuilderConfig config = objects.own(builder.createBuilderConfig(), "a configuration");
      Configuration.apply(config, options);
      ProfileSetter.set(builder, config, network, options.profiles());
      try (TimingCache cache = new TimingCache(config, options.timingCache())) {
        if (progress != BuildProgress.NONE) {
          config.setProgressMonitor(listener.monitor());
        }
        IHostMemory plan = builder.buildSerializedNetwork(network, config);
        if (NativeObjects.isMissing(plan)) {
          throw new DiagnosticException(source.messages().buildFailure(log.errors()));
        }
        warnings.addAll(source.messages().warnings(log.warnings()));
        return new BuiltEngine(
            plan,
            new BuiltEngine.BuildNotes(
                warnings,
                (System.nanoTime() - start) * 1e-9,
                cache.serialized(),
                cache.grown(),
                network.getNbLayers()));
      }
    }
  }

  /** One cache with the measurements of all, the first winning; an empty list gives none. */
  public synchronized byte[] mergeTimingCaches(List<byte[]> caches) {
    try (NativeObjects objects = new NativeObjects()) {
      IBuilderConfig config = objects.own(builder.createBuilderConfig(), "a configuration");
      return TimingCache.merge(config, caches);
    }
  }

  private void requireOpen(Path onnx) {
    if (closed) {
      throw new IllegalStateException("the builder is closed");
    }
    if (!Files.isRegularFile(onnx)) {
      throw DiagnosticException.of(
          Code.MODEL_NOT_FOUND, onnx.toString(), "no such file", "check the path");
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      scope.close();
    }
  }
}
