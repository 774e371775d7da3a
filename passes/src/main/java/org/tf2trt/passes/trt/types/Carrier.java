// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The type that values of another type are kept in. Narrow integers keep their values exactly; u64
 * keeps its bits; f64 is rounded to f32.
 */
final class Carrier {
  private Carrier() {}

  static DType of(DType type) {
    return switch (type) {
      case I8, I16, U8, U16 -> DType.I32;
      case U32, U64 -> DType.I64;
      case F64 -> DType.F32;
      default -> type;
    };
  }

  /** Whether TensorRT has no tensors of this type inside a network. */
  static boolean isNeeded(DType type) {
    return of(type) != type;
  }

  static TensorType of(TensorType type) {
    return type.withDType(of(type.dtype()));
  }

  static TensorData of(TensorData data) {
    DType from = data.dtype();
    DType to = of(from);
    if (from == to) {
      return data;
    }
    if (from == DType.U64) {
      return data.reinterpret(DType.I64);
    }
    int count = Math.toIntExact(data.elements());
    return TensorData.lazy(
        to,
        data.shape(),
        () -> {
          var in = data.bytes();
          var out = Elements.allocate(to, count);
          for (int i = 0; i < count; i++) {
            if (to == DType.F32) {
              Elements.putDouble(to, out, i, Elements.getDouble(from, in, i));
            } else {
              Elements.putLong(to, out, i, Elements.getLong(from, in, i));
            }
          }
          return out;
        });
  }

  /**
   * A carried integer that may have left the range of its type, brought back as arithmetic of that
   * type wraps.
   */
  static Value wrap(OnnxBuilder b, Value v, DType type) {
    return switch (type) {
      case U8, U16, U32 -> b.op("Mod", v, b.scalarLike(v, Math.pow(2, bits(type))));
      case I8, I16 -> {
        Value half = b.scalarLike(v, Math.pow(2, bits(type) - 1));
        Value modulus = b.scalarLike(v, Math.pow(2, bits(type)));
        yield b.sub(b.op("Mod", b.add(v, half), modulus), half);
      }
      default -> v;
    };
  }

  private static int bits(DType type) {
    return 8 * type.bytes();
  }
}
