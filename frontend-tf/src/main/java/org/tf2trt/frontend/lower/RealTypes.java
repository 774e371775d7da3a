// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;

/**
 * The ONNX types that stand for types only TensorFlow has: a complex number is a pair of real ones,
 * a quantised integer is a plain one.
 */
final class RealTypes {
  private RealTypes() {}

  /** The type of each part of a complex number, the plain integer, or the type itself. */
  static DType of(DType dtype) {
    return switch (dtype) {
      case C64 -> DType.F32;
      case C128 -> DType.F64;
      case QI8 -> DType.I8;
      case QU8 -> DType.U8;
      case QI16 -> DType.I16;
      case QU16 -> DType.U16;
      case QI32 -> DType.I32;
      default -> dtype;
    };
  }
}
