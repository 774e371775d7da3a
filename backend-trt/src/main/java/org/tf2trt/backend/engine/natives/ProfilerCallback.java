// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.tensorrt.nvinfer.IProfiler;
import org.tf2trt.backend.engine.TensorRtLine;

/** TensorRT's IProfiler, which adds up the times of layers. See {@link CppObject}. */
public final class ProfilerCallback implements AutoCloseable {
  private static final Map<Long, ProfilerCallback> OBJECTS = CppObject.registry();
  private static CppObject.Method<ProfilerCallback> language;
  private static CppObject.Method<ProfilerCallback> report;
  private static OptionalLong thunk;

  private final CppObject object;
  private final IProfiler profiler;
  private final Map<String, Double> milliseconds = new LinkedHashMap<>();

  private ProfilerCallback(CppObject object) {
    this.object = object;
    this.profiler = new IProfiler(object);
    OBJECTS.put(object.address(), this);
  }

  /** A profiler; empty where the system forbids a process to make code. */
  public static synchronized Optional<ProfilerCallback> create() {
    if (thunk == null) {
      language = new CppObject.Method<>(OBJECTS, (o, a, b, c) -> 0);
      report = new CppObject.Method<>(OBJECTS, (o, name, bits, c) -> o.add(name, (int) bits));
      thunk = FloatThunk.to(CppObject.addressOf(report));
    }
    if (thunk.isEmpty()) {
      return Optional.empty();
    }
    long code = thunk.getAsLong();
    CppObject object =
        TensorRtLine.REPORT_LAYER_TIME == 0
            ? new CppObject(code, 0, 0)
            : new CppObject(
                CppObject.addressOf(language), CppObject.interfaceInfo("IProfiler"), 0, 0, code);
    return Optional.of(new ProfilerCallback(object));
  }

  public IProfiler profiler() {
    return profiler;
  }

  private int add(long name, int bits) {
    synchronized (milliseconds) {
      milliseconds.merge(CppObject.text(name), (double) Float.intBitsToFloat(bits), Double::sum);
    }
    return 0;
  }

  /** The sum of the times of each layer, in milliseconds, in the order of the first report. */
  public Map<String, Double> milliseconds() {
    synchronized (milliseconds) {
      return new LinkedHashMap<>(milliseconds);
    }
  }

  @Override
  public void close() {
    OBJECTS.remove(object.address());
    object.close();
  }
}
