// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.Locale;
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

  /** {@code fp16} for FP16. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The largest finite value. */
  double largest() {
    return switch (this) {
      case FP16 -> 65504;
      case FP32, BF16 -> Float.MAX_VALUE;
    };
  }

  /** Magnitudes below become 0. */
  double smallest() {
    return switch (this) {
      case FP16 -> 0x1p-25;
      case FP32, BF16 -> Float.MIN_VALUE;
    };
  }
}
