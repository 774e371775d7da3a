// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IDebugListener;

/**
 * TensorRT's IDebugListener, which is shown tensors as a run computes them. See {@link CppObject}.
 */
public final class DebugCallback implements AutoCloseable {
  private static final Map<Long, DebugCallback> OBJECTS = CppObject.registry();
  private static CppObject.Method<DebugCallback> language;
  private static CppObject.Method<DebugCallback> process;
  private static OptionalLong thunk;

  private final CppObject object;
  private final IDebugListener listener;
  private final Listener seen;

  /** Hears of a tensor while the work that computes it is on its stream. */
  public interface Listener {
    /**
     * One tensor; its memory is valid during the call.
     *
     * @param name in the network
     * @param type number of its element type
     * @param shape its extents
     * @param data where it is, on the GPU or on the host
     * @param stream that computes it
     */
    void tensor(String name, int type, Dims64 shape, Pointer data, CUstream_st stream);
  }

  private DebugCallback(CppObject object, Listener seen) {
    this.object = object;
    this.listener = new IDebugListener(object);
    this.seen = seen;
    OBJECTS.put(object.address(), this);
  }

  /** A listener; empty where the system forbids a process to make code. */
  public static synchronized Optional<DebugCallback> create(Listener seen) {
    if (thunk == null) {
      language = new CppObject.Method<>(OBJECTS, (o, a, b, c) -> 0);
      process = new CppObject.Method<>(OBJECTS, (o, block, b, c) -> o.process(block));
      thunk = RegisterThunk.to(CppObject.addressOf(process));
    }
    if (thunk.isEmpty()) {
      return Optional.empty();
    }
    CppObject object =
        new CppObject(
            CppObject.addressOf(language),
            CppObject.interfaceInfo("IDebugListener"),
            0,
            0,
            thunk.getAsLong());
    return Optional.of(new DebugCallback(object, seen));
  }

  public IDebugListener listener() {
    return listener;
  }

  /** this, address, location, type, extents, name, stream; gives whether to go on. */
  private int process(long block) {
    RegisterThunk.Arguments arguments = new RegisterThunk.Arguments(block);
    seen.tensor(
        CppObject.text(arguments.word(5)),
        arguments.integer(3),
        new Dims64(new NativeObjects.Address(arguments.word(4))),
        new NativeObjects.Address(arguments.word(1)),
        new CUstream_st(new NativeObjects.Address(arguments.word(6))));
    return 1;
  }

  @Override
  public void close() {
    OBJECTS.remove(object.address());
    object.close();
  }
}
