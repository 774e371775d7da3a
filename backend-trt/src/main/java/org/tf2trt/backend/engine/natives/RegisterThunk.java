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
 * A few instructions that put all arguments of a call into memory. The callbacks of the bindings
 * read few registers of the x86-64 calling convention, and none that holds a float: this writes the
 * registers down one after the other and goes on to the callback with {@code this} as the first and
 * the place where they stand as the second argument. What the callback returns is returned.
 */
final class RegisterThunk {
  private static final int PAGE = 4096;
  private static final int READ_WRITE_EXECUTE = 7;
  private static final int SLOT = 64;

  /** Larger than what malloc takes from its heap, so that the pages are of their own. */
  private static final int RESERVED = 1 << 20;

  private static final int[] CODE = {
    0xf3, 0x0f, 0x1e, 0xfa, // endbr64
    0x48, 0x83, 0xec, 0x08, // sub rsp, 8
    0x66, 0x0f, 0xd6, 0x04, 0x24, // movq [rsp], xmm0
    0x41, 0x51, // push r9
    0x41, 0x50, // push r8
    0x51, // push rcx
    0x52, // push rdx
    0x56, // push rsi
    0x57, // push rdi
    0x48, 0x89, 0xe6, // mov rsi, rsp
    0xff, 0x15, 0x05, 0, 0, 0, // call [the eight bytes behind the last instruction]
    0x48, 0x83, 0xc4, 0x38, // add rsp, 56
    0xc3, // ret
  };

  /** Where the arguments stand, in words of eight bytes; the word before the stack's returns. */
  private static final int FIRST_FLOAT = 6;

  private static final int FIRST_ON_STACK = 8;

  /** Lives as long as the process. */
  private static BytePointer memory;

  /** A page of it. */
  private static BytePointer code;

  private static int used;

  private RegisterThunk() {}

  /** The arguments of a call, where a thunk put them; valid until the call returns. */
  static final class Arguments {
    private final LongPointer words;

    Arguments(long address) {
      words = new LongPointer(new NativeObjects.Address(address));
    }

    /** An integer or a pointer; 0 is {@code this}. From the seventh on they are on the stack. */
    long word(int number) {
      return words.get(number < FIRST_FLOAT ? number : number - FIRST_FLOAT + FIRST_ON_STACK);
    }

    /** An integer of 32 bits: what stands above it is undefined. */
    int integer(int number) {
      return (int) word(number);
    }

    /** The first argument that is a float. */
    float firstFloat() {
      return Float.intBitsToFloat((int) words.get(FIRST_FLOAT));
    }
  }

  /** The address of code that calls {@code target}; empty where code may not be made. */
  static synchronized OptionalLong to(long target) {
    if (code == null && !makePage() || used + SLOT > PAGE) {
      return OptionalLong.empty();
    }
    int start = used;
    used += SLOT;
    for (int i = 0; i < CODE.length; i++) {
      code.put((long) start + i, (byte) CODE[i]);
    }
    for (int i = 0; i < Long.BYTES; i++) {
      code.put((long) start + CODE.length + i, (byte) (target >>> 8 * i));
    }
    return OptionalLong.of(code.address() + start);
  }

  private static boolean makePage() {
    Pointer mprotect = Loader.addressof("mprotect");
    if (mprotect == null) {
      return false;
    }
    if (memory == null) {
      memory = new BytePointer(RESERVED);
    }
    long page = (memory.address() + PAGE - 1) / PAGE * PAGE;
    if (call(mprotect, new NativeObjects.Address(page), PAGE, READ_WRITE_EXECUTE) != 0) {
      return false;
    }
    code = new BytePointer(new NativeObjects.Address(page));
    return true;
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
