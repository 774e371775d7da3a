// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.cuda.cudart.CUgraphNode_st;
import org.bytedeco.cuda.cudart.cudaGraphNodeParams;
import org.bytedeco.cuda.cudart.cudaGraphRecaptureCallback_t;
import org.bytedeco.javacpp.FunctionPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer;

/**
 * A C++ object whose virtual functions are implemented here. The bindings can subclass TensorRT's
 * ILogger only; the other interfaces that TensorRT calls (output allocator, progress monitor,
 * profiler) get an object that is put together by hand, as the Itanium C++ ABI lays it out: a
 * pointer to a table of functions, before which stand the offset to the top and the type.
 *
 * <p>The functions are callbacks that the bindings of CUDA have for other purposes and whose
 * arguments arrive in the same registers: up to five pointers or integers in, an integer out. Each
 * function is one callback for all objects; the first argument, {@code this}, tells them apart.
 */
final class CppObject extends Pointer {
  private static final int WORDS_BEFORE = 2;

  private final LongPointer memory;

  /**
   * Lays out an object.
   *
   * @param functions addresses, from slot 0 on; 0 for what is never called
   */
  CppObject(long... functions) {
    super((Pointer) null);
    memory = new LongPointer(1L + WORDS_BEFORE + functions.length);
    long table = memory.address() + (1L + WORDS_BEFORE) * Long.BYTES;
    memory.put(0, table).put(1, 0).put(2, 0);
    for (int i = 0; i < functions.length; i++) {
      memory.put(1L + WORDS_BEFORE + i, functions[i]);
    }
    address = memory.address();
  }

  @Override
  public void close() {
    memory.close();
  }

  /** The address of what C++ calls for a callback. */
  static long addressOf(FunctionPointer callback) {
    return new LongPointer(callback).get(0);
  }

  /** {@code getInterfaceInfo} of a versioned interface: its default is in the bindings' library. */
  static long interfaceInfo(String interfaceName) {
    String library = Loader.load(nvinfer.class);
    if (library != null) {
      Loader.loadGlobal(library);
    }
    Pointer symbol =
        Loader.addressof(
            "_ZNK8nvinfer15v_1_0"
                + interfaceName.length()
                + interfaceName
                + "16getInterfaceInfoEv");
    return symbol == null ? 0 : symbol.address();
  }

  /** The arguments of a call after {@code this}: pointers, or integers in their low bits. */
  interface Function<T> {
    int call(T object, long a, long b, long c);
  }

  /** One function of all objects of a kind. */
  static final class Method<T> extends cudaGraphRecaptureCallback_t {
    private final Map<Long, T> objects;
    private final Function<T> body;

    Method(Map<Long, T> objects, Function<T> body) {
      this.objects = objects;
      this.body = body;
    }

    @Override
    public int call(
        Pointer self, CUgraphNode_st a, cudaGraphNodeParams b, cudaGraphNodeParams c, int unused) {
      T object = self == null ? null : objects.get(self.address());
      try {
        return object == null ? 0 : body.call(object, number(a), number(b), number(c));
      } catch (RuntimeException e) {
        // It cannot pass through TensorRT, whose interfaces promise not to throw.
        return 0;
      }
    }

    private static long number(Pointer p) {
      return p == null ? 0 : p.address();
    }
  }

  /** A map from objects' addresses that callbacks of any thread may read. */
  static <T> Map<Long, T> registry() {
    return new ConcurrentHashMap<>();
  }

  /** The text at an address. */
  static String text(long address) {
    return address == 0
        ? ""
        : new org.bytedeco.javacpp.BytePointer(new NativeObjects.Address(address)).getString();
  }
}
