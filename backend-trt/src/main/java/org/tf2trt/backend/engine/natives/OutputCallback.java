// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.cuda.cudart.CUoccupancyB2DSize;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IOutputAllocator;

/**
 * TensorRT's IOutputAllocator over memory that is large enough beforehand, which remembers the
 * extents that a run gave. See {@link CppObject}.
 */
public final class OutputCallback implements AutoCloseable {
  private static final Map<Long, OutputCallback> OBJECTS = CppObject.registry();
  private static Functions functions;

  private final CppObject object;
  private final IOutputAllocator allocator;
  private volatile long memory;
  private volatile long[] shape;

  public OutputCallback() {
    Functions f = functions();
    object =
        new CppObject(
            f.language(), f.info(), 0, 0, f.reallocate(), f.reallocate(), f.notifyShape());
    OBJECTS.put(object.address(), this);
    allocator = new IOutputAllocator(object);
  }

  private record Functions(long language, long info, long reallocate, long notifyShape) {}

  // The callbacks are kept by their class: TensorRT may call them as long as the process lives.
  private static CppObject.Method<OutputCallback> language;
  private static CppObject.Method<OutputCallback> notify;
  private static Reallocate reallocate;

  private static synchronized Functions functions() {
    if (functions == null) {
      language = new CppObject.Method<>(OBJECTS, (o, a, b, c) -> 0);
      notify = new CppObject.Method<>(OBJECTS, (o, name, dims, c) -> o.notifyShape(dims));
      reallocate = new Reallocate();
      functions =
          new Functions(
              CppObject.addressOf(language),
              CppObject.interfaceInfo("IOutputAllocator"),
              CppObject.addressOf(reallocate),
              CppObject.addressOf(notify));
    }
    return functions;
  }

  public IOutputAllocator allocator() {
    return allocator;
  }

  /** The memory that is given to TensorRT whenever it asks. */
  public void memory(long address) {
    memory = address;
    shape = null;
  }

  /** What TensorRT told at the last run. */
  public Optional<long[]> shape() {
    return Optional.ofNullable(shape).map(long[]::clone);
  }

  private int notifyShape(long address) {
    Dims64 dims = new Dims64(new NativeObjects.Address(address));
    long[] extents = new long[Math.max(0, dims.nbDims())];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = dims.d(i);
    }
    shape = extents;
    return 0;
  }

  /** The one callback that returns 64 bits has one argument, of 32 bits: half of {@code this}. */
  private static final class Reallocate extends CUoccupancyB2DSize {
    @Override
    public long call(int half) {
      for (Map.Entry<Long, OutputCallback> e : OBJECTS.entrySet()) {
        if (e.getKey().intValue() == half) {
          return e.getValue().memory;
        }
      }
      return 0;
    }
  }

  @Override
  public void close() {
    OBJECTS.remove(object.address());
    object.close();
  }
}
