// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.cuda;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** Calls of the CUDA runtime whose errors become diagnostics. */
public final class Cuda {
  private Cuda() {}

  /**
   * Turns an error of CUDA into a diagnostic.
   *
   * @param result what the call gave
   * @param what what was tried, for example {@code allocating 12 bytes of GPU memory}
   */
  public static void check(int result, String what) {
    if (result != cudart.cudaSuccess) {
      // Errors of calls are kept until asked for; this one has been reported.
      int unused = cudart.cudaGetLastError();
      throw failure(result, what);
    }
  }

  static DiagnosticException failure(int result, String what) {
    boolean memory = result == cudart.cudaErrorMemoryAllocation;
    return DiagnosticException.of(
        Code.GPU_FAILED,
        "GPU",
        what + " failed: " + text(cudart.cudaGetErrorString(result)) + " (" + name(result) + ")",
        memory
            ? "free GPU memory, or use a smaller batch"
            : "see nvidia-smi and the kernel log for the state of the GPU");
  }

  /** The name of an error, for example {@code cudaErrorNoDevice}. */
  public static String name(int result) {
    return text(cudart.cudaGetErrorName(result));
  }

  private static String text(BytePointer message) {
    return message == null || message.isNull() ? "unknown error" : message.getString();
  }

  /** Number of GPUs; the error code instead, negated, when CUDA answers none. */
  public static int deviceCount() {
    int[] count = {0};
    int result = cudart.cudaGetDeviceCount(count);
    return result == cudart.cudaSuccess ? count[0] : -result;
  }

  /** Free and total memory of the current GPU in bytes. */
  public static long[] memory() {
    try (SizeTPointer free = new SizeTPointer(1);
        SizeTPointer total = new SizeTPointer(1)) {
      check(cudart.cudaMemGetInfo(free, total), "asking for the GPU's memory");
      return new long[] {free.get(), total.get()};
    }
  }

  /** Whether this process may still use the GPU: after some errors no call works any more. */
  public static boolean answers() {
    return cudart.cudaDeviceSynchronize() == cudart.cudaSuccess;
  }

  /** Waits for everything that was started on the current GPU. */
  public static void synchronizeDevice() {
    check(cudart.cudaDeviceSynchronize(), "waiting for the GPU");
  }
}
