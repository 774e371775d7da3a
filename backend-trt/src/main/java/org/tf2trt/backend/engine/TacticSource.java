// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

/** Libraries that the builder may take kernels from; numbers as in TensorRT's TacticSource. */
public enum TacticSource {
  /** TensorRT 10 only, and needs cuBLAS. */
  CUBLAS(0),
  /** TensorRT 10 only, and needs cuBLAS. */
  CUBLAS_LT(1),
  /** TensorRT 10 only, and needs cuDNN. */
  CUDNN(2),
  EDGE_MASK_CONVOLUTIONS(3),
  JIT_CONVOLUTIONS(4);

  private final int number;

  TacticSource(int number) {
    this.number = number;
  }

  int bit() {
    return 1 << number;
  }
}
