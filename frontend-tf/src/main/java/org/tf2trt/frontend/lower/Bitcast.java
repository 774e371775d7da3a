// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/** The same bytes under another type, through arithmetic where they are not constant. */
final class Bitcast {
  private Bitcast() {}

  static Value lower(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    DType to = node.outputType(0);
    if (x.dtype() == to) {
      return x;
    }
    if (x.constant().isPresent() && x.dtype().bytes() > 0 && to.bytes() > 0) {
      return build.constant(reinterpret(x.constant().get(), to));
    }
    boolean known = isNumber(x.dtype()) && isNumber(to);
    if (!known) {
      throw node.refuse(
          "the bits of " + x.dtype().text() + " as " + to.text() + " have no form in ONNX",
          "cut the graph before it with --outputs");
    }
    Value integers = x.dtype().isFloat() ? new FloatBits(build, x.dtype()).of(x) : x;
    Value resized = resize(build, integers, x.dtype().bytes(), integerOf(to));
    return to.isFloat() ? new FloatBits(build, to).from(build.cast(resized, DType.I64)) : resized;
  }

  private static boolean isNumber(DType dtype) {
    return dtype.isInteger() || dtype.isFloat();
  }

  private static DType integerOf(DType to) {
    return switch (to.isFloat() ? to.bytes() : 0) {
      case 8 -> DType.I64;
      case 4 -> DType.I32;
      case 2 -> DType.I16;
      default -> to;
    };
  }

  /** Integers of which the low bytes count, as others of that width, or of another. */
  private static Value resize(OnnxBuilder build, Value x, int bytes, DType to) {
    if (bytes == to.bytes()) {
      return build.cast(x, to);
    }
    return bytes > to.bytes() ? split(build, x, bytes, to) : join(build, x, bytes, to);
  }

  private static TensorData reinterpret(TensorData data, DType to) {
    long[] shape = data.shape();
    long ratio = (long) data.dtype().bytes() / to.bytes();
    if (data.dtype().bytes() > to.bytes()) {
      shape = Arrays.copyOf(shape, shape.length + 1);
      shape[shape.length - 1] = ratio;
    } else if (data.dtype().bytes() < to.bytes()) {
      shape = Arrays.copyOf(shape, shape.length - 1);
    }
    return TensorData.of(to, shape, data.bytes());
  }

  /** Wide to narrow: a new last axis, low part first; the cast keeps low bits. */
  private static Value split(OnnxBuilder b, Value x, int bytes, DType to) {
    Value wide = b.unsqueeze(b.cast(x, DType.I64), -1);
    Value steps = b.ints(powers(bytes / to.bytes(), 8L * to.bytes()));
    return b.cast(DivisionLowerings.floorDivByPositive(b, wide, steps), to);
  }

  /** Narrow to wide: the last axis goes. Parts must not carry a sign into those above. */
  private static Value join(OnnxBuilder b, Value x, int bytes, DType to) {
    long bits = 8L * bytes;
    Value parts = b.op("Mod", b.cast(x, DType.I64), b.ints(1L << bits));
    return Bits.join(b, parts, (int) bits, to);
  }

  private static long[] powers(int count, long bits) {
    long[] powers = new long[count];
    for (int i = 0; i < count; i++) {
      powers[i] = 1L << (bits * i);
    }
    return powers;
  }
}
