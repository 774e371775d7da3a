// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.util.OptionalLong;
import org.bytedeco.cuda.cudart.CUgraphNode_st;
import org.bytedeco.cuda.cudart.cudaGraphNodeParams;
import org.bytedeco.cuda.cudart.cudaGraphRecaptureCallback_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Three instructions that pass a float on as an integer. A profiler gets the time of a layer as a
 * float, which the x86-64 calling convention hands over in a register that no callback of the
 * bindings reads; this moves its bits into the register of the third integer argument and goes on
 * to the callback.
 */
final class FloatThunk {
  private static final int PAGE = 4096;
  private static final int READ_WRITE_EXECUTE = 7;

  /** Larger than what malloc takes from its heap, so that the pages are of their own. */
  private static final int RESERVED = 1 << 20;

  private static final int[] CODE = {
    0xf3,
    0x0f,
    0x1e,
    0xfa, // endbr64
    0x66,
    0x0f,
    0x7e,
    0xc2, // movd edx, xmm0
    0xff,
    0x25,
    0,
    0,
    0,
    0 // jmp [the eight bytes behind this]
  };

  /** Lives as long as the process. */
  private static BytePointer memory;

  private FloatThunk() {}

  /** The address of code that ends in {@code target}; empty where code may not be made. */
  static synchronized OptionalLong to(long target) {
    Pointer mprotect = Loader.addressof("mprotect");
    if (mprotect == null || memory != null) {
      return OptionalLong.empty();
    }
    memory = new BytePointer(RESERVED);
    long page = (memory.address() + PAGE - 1) / PAGE * PAGE;
    BytePointer code = new BytePointer(new NativeObjects.Address(page));
    for (int i = 0; i < CODE.length; i++) {
      code.put(i, (byte) CODE[i]);
    }
    for (int i = 0; i < Long.BYTES; i++) {
      code.put(CODE.length + i, (byte) (target >>> 8 * i));
    }
    int result = call(mprotect, new NativeObjects.Address(page), PAGE, READ_WRITE_EXECUTE);
    return result == 0 ? OptionalLong.of(page) : OptionalLong.empty();
  }

  private static int call(Pointer function, Pointer a, long b, long c) {
    try (LongPointer cell = new LongPointer(1)) {
      cell.put(0, function.address());
      return new cudaGraphRecaptureCallback_t(cell)
          .call(
              a,
              new CUgraphNode_st(new NativeObjects.Address(b)),
              new cudaGraphNodeParams(new NativeObjects.Address(c)),
              null,
              0);
    }
  }
}
