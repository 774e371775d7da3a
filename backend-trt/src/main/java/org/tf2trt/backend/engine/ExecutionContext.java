// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;
import org.tf2trt.backend.engine.cuda.CapturedGraph;
import org.tf2trt.backend.engine.cuda.Event;
import org.tf2trt.backend.engine.cuda.Stream;
import org.tf2trt.backend.engine.natives.MessageLog;
import org.tf2trt.backend.engine.natives.NativeObjects;
import org.tf2trt.backend.engine.natives.ProfilerCallback;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Runs an engine on a stream of its own, with its own memory. For one thread at a time; several
 * contexts of one engine may run at once.
 */
public final class ExecutionContext implements AutoCloseable {
  /** Launches that wait on a stream at once while runs are timed. */
  private static final int QUEUE = 64;

  private final NativeObjects objects = new NativeObjects();
  private final Engine engine;
  private final IExecutionContext context;
  private final Stream stream;
  private final Map<String, Slot> inputs = new LinkedHashMap<>();
  private final Map<String, Slot> outputs = new LinkedHashMap<>();
  private boolean graphWanted;
  private CapturedGraph graph;
  private boolean closed;

  ExecutionContext(Engine engine, ICudaEngine nativeEngine, int profile) {
    this.engine = engine;
    try (MessageLog.Recording log = MessageLog.record()) {
      IExecutionContext made = nativeEngine.createExecutionContext();
      if (NativeObjects.isMissing(made)) {
        throw failed("no execution context", log);
      }
      context = objects.own(made, "an execution context");
    }
    stream = new Stream();
    engine.inputs().forEach(b -> inputs.put(b.name(), new Slot(b)));
    engine.outputs().forEach(b -> outputs.put(b.name(), new Slot(b)));
    if (profile != 0) {
      if (!context.setOptimizationProfileAsync(profile, stream.handle())) {
        close();
        throw DiagnosticException.of(
            Code.GPU_FAILED,
            "profile " + profile,
            "cannot be chosen",
            "another context may use it");
      }
      stream.synchronize();
    }
  }

  public Engine engine() {
    return engine;
  }

  /**
   * Copies inputs to the GPU, runs, and copies the outputs back.
   *
   * @param given every input of the engine, with its element type
   * @throws DiagnosticException BAD_DATA when inputs do not fit, GPU_FAILED
   */
  public Map<String, TensorData> run(Map<String, TensorData> given) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    given.forEach((name, data) -> shapes.put(name, data.shape()));
    check(shapes);
    for (Slot slot : inputs.values()) {
      TensorData data = given.get(slot.binding().name());
      if (data.dtype() != slot.binding().dtype()) {
        throw badData(slot.binding(), "has elements of type " + data.dtype().text() + " instead");
      }
      slot.write(data);
    }
    bindChecked(shapes);
    upload();
    enqueue();
    if (outputs.values().stream().allMatch(Slot::isKnown)) {
      download();
      stream.synchronize();
    } else {
      stream.synchronize();
      outputs.values().forEach(s -> s.learnShape(context));
      download();
      stream.synchronize();
    }
    Map<String, TensorData> results = new LinkedHashMap<>();
    outputs.forEach((name, slot) -> results.put(name, slot.read()));
    return results;
  }

  /**
   * Sets the extents of the inputs and makes room for the outputs. Inputs whose values shapes
   * depend on are to be written by {@link #fill} before.
   *
   * @throws DiagnosticException BAD_DATA when they do not fit the engine or its profile
   */
  public void bind(Map<String, long[]> shapes) {
    check(shapes);
    bindChecked(shapes);
  }

  /** Puts values into an input without running; they are copied by {@link #upload()}. */
  public void fill(String input, TensorData data) {
    Slot slot = inputs.get(input);
    if (slot == null || data.dtype() != slot.binding().dtype()) {
      throw DiagnosticException.of(
          Code.BAD_DATA, "'" + input + "'", "no input of " + data.type(), "see tf2trt layers");
    }
    slot.write(data);
  }

  private void check(Map<String, long[]> shapes) {
    for (Slot slot : inputs.values()) {
      Binding b = slot.binding();
      long[] shape = shapes.get(b.name());
      if (shape == null) {
        throw badData(b, "is not given");
      }
      long[] declared = b.shape();
      boolean fits = shape.length == declared.length;
      for (int i = 0; fits && i < shape.length; i++) {
        fits = declared[i] < 0 || declared[i] == shape[i];
      }
      if (!fits) {
        throw badData(b, "has shape " + Arrays.toString(shape) + " instead");
      }
    }
    for (String name : shapes.keySet()) {
      if (!inputs.containsKey(name)) {
        throw DiagnosticException.of(
            Code.BAD_DATA,
            "'" + name + "'",
            "the engine has no such input",
            "its inputs are " + engine.inputs());
      }
    }
  }

  private static DiagnosticException badData(Binding input, String what) {
    return DiagnosticException.of(
        Code.BAD_DATA, "input '" + input.name() + "'", what, "the engine takes " + input);
  }

  private void bindChecked(Map<String, long[]> shapes) {
    boolean moved = false;
    try (MessageLog.Recording log = MessageLog.record()) {
      for (Slot slot : inputs.values()) {
        long[] shape = shapes.get(slot.binding().name());
        moved |= slot.shape(shape);
        moved |= slot.attach(context);
        if (!context.setInputShape(slot.binding().name(), DataTypes.dims(shape))) {
          throw badData(
              slot.binding(),
              "has shape "
                  + Arrays.toString(shape)
                  + ", which its profile excludes: "
                  + String.join("; ", log.errors()));
        }
      }
      int unknown = context.inferShapes(0, (PointerPointer<?>) null);
      if (unknown != 0) {
        throw failed("the shapes of outputs cannot be inferred", log);
      }
      for (Slot slot : outputs.values()) {
        String name = slot.binding().name();
        moved |= slot.shape(DataTypes.extents(context.getTensorShape(name)), context);
        moved |= slot.attach(context);
      }
    }
    if (moved) {
      dropGraph();
    }
  }

  /** Extents of the outputs that follow from the bound inputs; -1 where data decides. */
  public Map<String, long[]> outputShapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    outputs.forEach((name, slot) -> shapes.put(name, slot.extents()));
    return shapes;
  }

  /** Starts the copies of all inputs to the GPU. */
  public void upload() {
    inputs.values().forEach(s -> s.upload(stream));
  }

  /** Starts the copies of all outputs from the GPU. */
  public void download() {
    outputs.values().forEach(s -> s.download(stream));
  }

  /** Starts a run of what is bound; from a graph where {@link #captureGraph} worked. */
  public void enqueue() {
    if (graph != null) {
      graph.launch(stream);
      return;
    }
    try (MessageLog.Recording log = MessageLog.record()) {
      if (!context.enqueueV3(stream.handle())) {
        throw failed("the engine does not run", log);
      }
    }
    if (graphWanted) {
      stream.synchronize();
      graph = CapturedGraph.capture(stream, this::enqueueUncaptured);
    }
  }

  private void enqueueUncaptured() {
    try (MessageLog.Recording log = MessageLog.record()) {
      if (!context.enqueueV3(stream.handle())) {
        throw failed("the engine cannot be captured", log);
      }
    }
  }

  /**
   * Runs once and records that as a graph, from which later runs are launched. After a change of
   * shapes it is recorded anew.
   *
   * @return why that does not work: engines whose shapes depend on data cannot be recorded
   */
  public Optional<Diagnostic> captureGraph() {
    dropGraph();
    graphWanted = true;
    try {
      enqueue();
      stream.synchronize();
      return Optional.empty();
    } catch (DiagnosticException e) {
      graphWanted = false;
      return Optional.of(e.diagnostics().get(0));
    }
  }

  /** Runs without a graph from here on. */
  public void releaseGraph() {
    graphWanted = false;
    dropGraph();
  }

  private void dropGraph() {
    if (graph != null) {
      stream.synchronize();
      graph.close();
      graph = null;
    }
  }

  /** Waits until all that was started is done. */
  public void synchronize() {
    stream.synchronize();
  }

  /** Times runs of what is bound, without copies. */
  public Timing time(int iterations) {
    return time(iterations, this::enqueue);
  }

  /** Times runs together with the copies of inputs and outputs. */
  public Timing timeWithCopies(int iterations) {
    return time(
        iterations,
        () -> {
          upload();
          enqueue();
          download();
        });
  }

  /** Times the copies of the inputs alone. */
  public Timing timeUpload(int iterations) {
    return time(iterations, this::upload);
  }

  /** Times the copies of the outputs alone. */
  public Timing timeDownload(int iterations) {
    return time(iterations, this::download);
  }

  private Timing time(int iterations, Runnable work) {
    double[] times = new double[iterations];
    List<Event> events = new ArrayList<>();
    try {
      int queue = Math.min(QUEUE, iterations);
      for (int i = 0; i < 2 * queue; i++) {
        events.add(new Event());
      }
      stream.synchronize();
      long start = System.nanoTime();
      for (int done = 0; done < iterations; done += queue) {
        int count = Math.min(queue, iterations - done);
        for (int i = 0; i < count; i++) {
          events.get(2 * i).record(stream);
          work.run();
          events.get(2 * i + 1).record(stream);
        }
        stream.synchronize();
        for (int i = 0; i < count; i++) {
          times[done + i] = events.get(2 * i + 1).microsecondsSince(events.get(2 * i));
        }
      }
      return new Timing(times, (System.nanoTime() - start) * 1e-3);
    } finally {
      events.forEach(Event::close);
    }
  }

  /**
   * Times the layers of runs of what is bound, without a graph and one after the other; the sum is
   * larger than the time of a run.
   *
   * @throws DiagnosticException GPU_FAILED where the system forbids what the callback needs
   */
  public List<LayerTime> timeLayers(int iterations) {
    try (ProfilerCallback callback =
        ProfilerCallback.create()
            .orElseThrow(
                () ->
                    DiagnosticException.of(
                        Code.GPU_FAILED,
                        "layer times",
                        "this system forbids a process to make executable memory",
                        "allow it (SELinux: execmem), or use Nsight Systems"))) {
      context.setProfiler(callback.profiler());
      try {
        for (int i = 0; i < iterations; i++) {
          enqueueUncaptured();
          stream.synchronize();
        }
      } finally {
        context.setProfiler(null);
      }
      List<LayerTime> times = new ArrayList<>();
      callback
          .milliseconds()
          .forEach((name, sum) -> times.add(new LayerTime(name, 1000 * sum / iterations)));
      return times;
    }
  }

  /** Bytes of GPU memory and of pinned host memory that inputs and outputs take. */
  public long[] bufferBytes() {
    long device = 0;
    long pinned = 0;
    for (Map<String, Slot> slots : List.of(inputs, outputs)) {
      for (Slot slot : slots.values()) {
        device += slot.deviceBytes();
        pinned += slot.pinnedBytes();
      }
    }
    return new long[] {device, pinned};
  }

  /** What was read by the last {@link #download()}; the stream must be idle. */
  public Map<String, ByteBuffer> outputBytes() {
    Map<String, ByteBuffer> bytes = new LinkedHashMap<>();
    outputs.forEach((name, slot) -> bytes.put(name, slot.read().bytes()));
    return bytes;
  }

  private static DiagnosticException failed(String what, MessageLog.Recording log) {
    String said = String.join("; ", log.errors());
    return DiagnosticException.of(
        Code.GPU_FAILED,
        "TensorRT",
        said.isEmpty() ? what : what + ": " + said,
        said.toLowerCase(java.util.Locale.ROOT).contains("memory") ? "free GPU memory" : "");
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      dropGraph();
      objects.close();
      inputs.values().forEach(Slot::close);
      outputs.values().forEach(Slot::close);
      stream.close();
    }
  }
}
