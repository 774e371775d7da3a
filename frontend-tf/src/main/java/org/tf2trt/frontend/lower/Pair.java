// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * A complex tensor as two real ones of one shape.
 *
 * @param re real part
 * @param im imaginary part
 */
record Pair(Value re, Value im) {
  /** A real tensor as a complex one. */
  static Pair real(OnnxBuilder b, Value x) {
    return new Pair(x, Filled.of(b, TensorData.scalar(x.dtype(), 0), b.shapeOf(x)));
  }

  /** Of parts that broadcast, as the operands of Complex do. */
  static Pair of(OnnxBuilder b, Value re, Value im) {
    boolean same =
        re.shape().equals(im.shape())
            && re.shape().isRanked()
            && re.shape().dims().stream().noneMatch(Dim::isUnknown);
    return same ? new Pair(re, im) : new Pair(like(b, re, im), like(b, im, re));
  }

  private static Value like(OnnxBuilder b, Value x, Value other) {
    return x.shape().hasRank(0)
        ? Filled.of(b, x, b.shapeOf(other))
        : other.shape().hasRank(0) ? x : b.op("Expand", x, b.shapeOf(other));
  }

  Pair conjugate(OnnxBuilder b) {
    return new Pair(re, b.op("Neg", im));
  }

  Pair plus(OnnxBuilder b, Pair other) {
    return new Pair(b.add(re, other.re), b.add(im, other.im));
  }

  Pair minus(OnnxBuilder b, Pair other) {
    return new Pair(b.sub(re, other.re), b.sub(im, other.im));
  }

  Pair times(OnnxBuilder b, Pair other) {
    return new Pair(
        b.sub(b.mul(re, other.re), b.mul(im, other.im)),
        b.add(b.mul(re, other.im), b.mul(im, other.re)));
  }

  /** By a real tensor. */
  Pair times(OnnxBuilder b, Value factor) {
    return new Pair(b.mul(re, factor), b.mul(im, factor));
  }

  Pair over(OnnxBuilder b, Pair other) {
    Value squared = other.squaredMagnitude(b);
    Pair product = times(b, other.conjugate(b));
    return new Pair(b.div(product.re, squared), b.div(product.im, squared));
  }

  Value squaredMagnitude(OnnxBuilder b) {
    return b.add(b.mul(re, re), b.mul(im, im));
  }

  Value magnitude(OnnxBuilder b) {
    return b.op("Sqrt", squaredMagnitude(b));
  }
}
