// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;
import org.tf2trt.backend.engine.cuda.Cuda;
import org.tf2trt.backend.engine.natives.DebugCallback;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** Copies the debug tensors of a run as TensorRT shows them; of one that comes twice, the last. */
final class DebugTensors implements AutoCloseable {
  private final IExecutionContext context;
  private final DebugCallback callback;
  private final Map<String, TensorData> values = new LinkedHashMap<>();
  private RuntimeException failure;

  /**
   * Listens from here on.
   *
   * @throws DiagnosticException GPU_FAILED where the system forbids what the callback needs, or
   *     TensorRT does not take it
   */
  DebugTensors(IExecutionContext context) {
    this.context = context;
    this.callback =
        DebugCallback.create(this::keep)
            .orElseThrow(
                () ->
                    failed(
                        "this system forbids a process to make executable memory",
                        "allow it (SELinux: execmem)"));
    if (!context.setDebugListener(callback.listener()) || !context.setAllTensorsDebugState(true)) {
      close();
      throw failed("TensorRT takes no listener", "");
    }
  }

  private static DiagnosticException failed(String what, String action) {
    return DiagnosticException.of(Code.GPU_FAILED, "debug tensors", what, action);
  }

  private void keep(String name, int type, Dims64 shape, Pointer data, CUstream_st stream) {
    try {
      DType dtype = DataTypes.of(type, name);
      long[] extents = DataTypes.extents(shape);
      long elements = Arrays.stream(extents).reduce(1, Math::multiplyExact);
      values.put(
          name, TensorData.of(dtype, extents, Cuda.read(data, elements * dtype.bytes(), stream)));
    } catch (RuntimeException e) {
      failure = e; // TensorRT's interfaces do not throw
    }
  }

  /** What was shown so far, by the names of the tensors. */
  Map<String, TensorData> values() {
    if (failure != null) {
      throw failure;
    }
    return new LinkedHashMap<>(values);
  }

  @Override
  public void close() {
    boolean unused = context.setAllTensorsDebugState(false) && context.setDebugListener(null);
    callback.close();
  }
}
