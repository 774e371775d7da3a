// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer.LayerInformationFormat;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.global.nvinfer.TensorIOMode;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IEngineInspector;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.tf2trt.backend.engine.natives.MessageLog;
import org.tf2trt.backend.engine.natives.NativeLibraries;
import org.tf2trt.backend.engine.natives.NativeObjects;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * A loaded engine. May be used by several threads, each with execution contexts of its own; close
 * these before it.
 */
public final class Engine implements AutoCloseable {
  private final NativeObjects objects = new NativeObjects();
  private final ICudaEngine engine;
  private final List<Binding> inputs = new ArrayList<>();
  private final List<Binding> outputs = new ArrayList<>();
  private boolean closed;

  private Engine(ICudaEngine engine) {
    this.engine = objects.own(engine, "an engine");
    for (int i = 0; i < engine.getNbIOTensors(); i++) {
      String name = engine.getIOTensorName(i);
      boolean input = engine.getTensorIOMode(name).value == TensorIOMode.kINPUT.value;
      (input ? inputs : outputs).add(binding(name));
    }
  }

  static Engine load(IRuntime runtime, Path plan) {
    try (PlanFile file = PlanFile.read(plan)) {
      return load(runtime, file.bytes(), file.size(), plan.toString());
    }
  }

  static Engine load(IRuntime runtime, BuiltEngine built) {
    return load(runtime, built.data(), built.size(), "the engine");
  }

  private static Engine load(IRuntime runtime, Pointer bytes, long size, String subject) {
    try (MessageLog.Recording log = MessageLog.record()) {
      ICudaEngine engine = deserialize(runtime, bytes, size);
      if (NativeObjects.isMissing(engine)
          && PlanErrors.namesPlugin(log.errors())
          && NativeLibraries.loadPlugins()) {
        engine = deserialize(runtime, bytes, size);
      }
      if (NativeObjects.isMissing(engine)) {
        throw new DiagnosticException(PlanErrors.explain(subject, log.errors()));
      }
      return new Engine(engine);
    }
  }

  private static ICudaEngine deserialize(IRuntime runtime, Pointer bytes, long size) {
    synchronized (Engine.class) {
      return runtime.deserializeCudaEngine(bytes, size);
    }
  }

  private Binding binding(String name) {
    return new Binding(
        name,
        DataTypes.of(engine.getTensorDataType(name), name),
        DataTypes.extents(engine.getTensorShape(name)),
        engine.getTensorLocation(name).value == 0 ? Binding.Location.DEVICE : Binding.Location.HOST,
        engine.isShapeInferenceIO(name));
  }

  /** Inputs in the order of the model. */
  public List<Binding> inputs() {
    return List.copyOf(inputs);
  }

  /** Outputs in the order of the model, marked ones behind them. */
  public List<Binding> outputs() {
    return List.copyOf(outputs);
  }

  /** Number of optimisation profiles; at least 1. */
  public int profiles() {
    return open().getNbOptimizationProfiles();
  }

  /** The extents that a profile takes for an input whose extents are open. */
  public Profile.Range range(String input, int profile) {
    return new Profile.Range(
        extents(input, profile, OptProfileSelector.kMIN),
        extents(input, profile, OptProfileSelector.kOPT),
        extents(input, profile, OptProfileSelector.kMAX));
  }

  /**
   * The values that a profile takes for an input that shapes depend on ({@link
   * Binding#shapeValues}), in the order of its elements.
   */
  public Profile.Range values(Binding input, int profile) {
    return new Profile.Range(
        values(input, profile, OptProfileSelector.kMIN),
        values(input, profile, OptProfileSelector.kOPT),
        values(input, profile, OptProfileSelector.kMAX));
  }

  private List<Long> values(Binding input, int profile, OptProfileSelector which) {
    int count = Math.toIntExact(Arrays.stream(input.shape()).reduce(1, Math::multiplyExact));
    long[] values = TensorRtLine.shapeValues(open(), input.name(), profile, which, count);
    return Arrays.stream(values).boxed().toList();
  }

  private List<Long> extents(String input, int profile, OptProfileSelector which) {
    List<Long> extents = new ArrayList<>();
    for (long e : DataTypes.extents(open().getProfileShape(input, profile, which))) {
      extents.add(e);
    }
    return extents;
  }

  /** Bytes of GPU memory that one execution context takes beside its inputs and outputs. */
  public long deviceMemory() {
    return open().getDeviceMemorySizeV2();
  }

  /**
   * Lets an engine that was built with {@link BuildOptions#weightStreaming()} keep only so much of
   * its weights on the GPU. For the time before the first context is made.
   *
   * @param bytes 0 streams all that can be streamed
   * @throws DiagnosticException BAD_BUILD_OPTION when the engine was built without
   */
  public void weightStreamingBudget(long bytes) {
    try (MessageLog.Recording log = MessageLog.record()) {
      if (!open().setWeightStreamingBudgetV2(bytes)) {
        throw DiagnosticException.of(
            Code.BAD_BUILD_OPTION,
            "weight streaming",
            "is refused: " + String.join("; ", log.errors()),
            "build the engine with weight streaming, and set the budget before contexts are made");
      }
    }
  }

  /** Bytes of weights that can be streamed; 0 without weight streaming. */
  public long streamableWeights() {
    return open().getStreamableWeightsSize();
  }

  /** True when {@link #refit()} works. */
  public boolean isRefittable() {
    return open().isRefittable();
  }

  /** Number of layers after fusion. */
  public int layerCount() {
    return open().getNbLayers();
  }

  /**
   * TensorRT's own description of the layers, as JSON: {@code {"Layers": [...], "Bindings":
   * [...]}}. How much it says was chosen by the {@link Verbosity} of the build.
   */
  public String inspect() {
    try (NativeObjects scope = new NativeObjects()) {
      IEngineInspector inspector = scope.own(open().createEngineInspector(), "an inspector");
      return inspector.getEngineInformation(LayerInformationFormat.kJSON);
    }
  }

  /** Replaces weights. To be closed; running contexts must be idle meanwhile. */
  public Refit refit() {
    return new Refit(open());
  }

  /**
   * Makes room to run in.
   *
   * @param profile which optimisation profile; 0 is the first
   * @throws DiagnosticException GPU_FAILED, above all when memory is short
   */
  public ExecutionContext newContext(int profile) {
    if (profile < 0 || profile >= profiles()) {
      throw new IllegalArgumentException("profile " + profile + " of " + profiles());
    }
    return new ExecutionContext(this, open(), profile);
  }

  private ICudaEngine open() {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
    return engine;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      objects.close();
    }
  }
}
