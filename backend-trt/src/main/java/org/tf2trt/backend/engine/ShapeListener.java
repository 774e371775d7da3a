// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;
import org.tf2trt.backend.engine.natives.OutputCallback;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Hears the extents of an output that depend on data. TensorRT tells them to an output allocator;
 * its memory is as large as the largest output can be, so that it never has to be made anew.
 */
final class ShapeListener implements AutoCloseable {
  private final String output;
  private final OutputCallback callback;

  ShapeListener(String output, IExecutionContext context) {
    this.output = output;
    this.callback = new OutputCallback();
    if (!context.setOutputAllocator(output, callback.allocator())) {
      callback.close();
      throw DiagnosticException.of(
          Code.GPU_FAILED, "output '" + output + "'", "TensorRT refuses an allocator", "");
    }
  }

  void memory(Pointer address) {
    callback.memory(address.address());
  }

  /** The extents that the last run gave. */
  long[] shape(IExecutionContext context) {
    return callback
        .shape()
        .or(() -> known(context))
        .orElseThrow(
            () ->
                DiagnosticException.of(
                    Code.GPU_FAILED,
                    "output '" + output + "'",
                    "TensorRT did not tell its extents",
                    ""));
  }

  private java.util.Optional<long[]> known(IExecutionContext context) {
    long[] extents = DataTypes.extents(context.getTensorShape(output));
    for (long e : extents) {
      if (e < 0) {
        return java.util.Optional.empty();
      }
    }
    return java.util.Optional.of(extents);
  }

  @Override
  public void close() {
    callback.close();
  }
}
