// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import org.tf2trt.ir.DType;

/** What a network computes in where nothing speaks against it. */
public enum Precision {
  FP32(DType.F32),
  FP16(DType.F16),
  BF16(DType.BF16);

  private final DType dtype;

  Precision(DType dtype) {
    this.dtype = dtype;
  }

  public DType dtype() {
    return dtype;
  }

  /** Half of the width of float32. */
  public boolean isLow() {
    return this != FP32;
  }

  /** The largest finite value. */
  public double largest() {
    return switch (this) {
      case FP16 -> 65504;
      case FP32, BF16 -> Float.MAX_VALUE;
    };
  }

  /** The smallest value that has all digits of the format; smaller ones lose them. */
  public double smallestNormal() {
    return switch (this) {
      case FP16 -> 0x1p-14;
      case FP32, BF16 -> Float.MIN_NORMAL;
    };
  }
}
