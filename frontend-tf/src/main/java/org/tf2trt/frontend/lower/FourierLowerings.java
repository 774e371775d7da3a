// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Fourier transforms over the last one, two or three axes (fft_ops.cc). Those of real signals crop
 * or pad to fft_length; inverse ones take the coefficients up to the middle.
 */
final class FourierLowerings {
  private FourierLowerings() {}

  static void addTo(LoweringTable table) {
    for (int axes = 1; axes <= 3; axes++) {
      int n = axes;
      String suffix = axes == 1 ? "" : axes + "D";
      table.complex("FFT" + suffix, (node, in, b) -> List.of(complex(node, in, b, n, false)));
      table.complex("IFFT" + suffix, (node, in, b) -> List.of(complex(node, in, b, n, true)));
      table.complex("RFFT" + suffix, (node, in, b) -> List.of(fromReal(node, in, b, n)));
      table.complex("IRFFT" + suffix, (node, in, b) -> List.of(toReal(node, in, b, n)));
    }
  }

  private static Pair complex(
      TfNode node, List<Pair> in, OnnxBuilder b, int axes, boolean inverse) {
    Pair z = in.get(0);
    int rank = rank(node, z);
    for (int axis = rank - axes; axis < rank; axis++) {
      z = along(node, b, z, axis, inverse);
    }
    return z;
  }

  private static Pair fromReal(TfNode node, List<Pair> in, OnnxBuilder b, int axes) {
    long[] lengths = lengths(node, in);
    Value x = in.get(0).re();
    int rank = rank(node, in.get(0));
    for (int i = 0; i < axes; i++) {
      x = fit(node, b, x, rank - axes + i, lengths[i]);
    }
    int n = size(node, lengths[axes - 1]);
    Pair z = new Fourier(b, x.dtype()).ofReal(x, n, n / 2 + 1);
    for (int axis = rank - axes; axis < rank - 1; axis++) {
      z = along(node, b, z, axis, false);
    }
    return z;
  }

  private static Pair toReal(TfNode node, List<Pair> in, OnnxBuilder b, int axes) {
    long[] lengths = lengths(node, in);
    Pair z = in.get(0);
    int rank = rank(node, z);
    for (int i = 0; i < axes; i++) {
      long length = i == axes - 1 ? lengths[i] / 2 + 1 : lengths[i];
      int axis = rank - axes + i;
      z = new Pair(fit(node, b, z.re(), axis, length), fit(node, b, z.im(), axis, length));
      if (i < axes - 1) {
        z = along(node, b, z, axis, true);
      }
    }
    int n = size(node, lengths[axes - 1]);
    return ComplexLowerings.real(new Fourier(b, z.re().dtype()).toReal(z, n));
  }

  private static Pair along(TfNode node, OnnxBuilder b, Pair z, int axis, boolean inverse) {
    int rank = z.re().shape().rank();
    int n = size(node, extent(node, z.re(), axis));
    Fourier fourier = new Fourier(b, z.re().dtype());
    if (axis == rank - 1) {
      return fourier.transform(z, n, inverse);
    }
    int[] perm = new int[rank];
    java.util.Arrays.setAll(perm, i -> i);
    perm[axis] = rank - 1;
    perm[rank - 1] = axis;
    Pair turned = new Pair(b.transpose(z.re(), perm), b.transpose(z.im(), perm));
    Pair done = fourier.transform(turned, n, inverse);
    return new Pair(b.transpose(done.re(), perm), b.transpose(done.im(), perm));
  }

  /** The axis cropped, or padded with zeros, to this extent. */
  static Value fit(TfNode node, OnnxBuilder b, Value x, int axis, long length) {
    if (Filters.dim(x, axis).is(length)) {
      return x;
    }
    long have = extent(node, x, axis);
    if (have > length) {
      return SliceLowerings.slice(b, x, axis, 0, length);
    }
    long[] pads = new long[2 * x.shape().rank()];
    pads[x.shape().rank() + axis] = length - have;
    return b.op("Pad", x, b.ints(pads), b.scalarLike(x, 0));
  }

  private static long extent(TfNode node, Value x, int axis) {
    if (!Filters.dim(x, axis).isKnown()) {
      throw node.refuse(
          "axis " + axis + " has no known extent, and transforms become constant matrices",
          "give the input shapes with --shape");
    }
    return x.shape().dim(axis).size();
  }

  private static int size(TfNode node, long n) {
    if (n < 1 || n > 1 << 20) {
      throw node.refuse("a transform of length " + n, "cut the graph before it (--outputs)");
    }
    return (int) n;
  }

  private static int rank(TfNode node, Pair z) {
    if (!z.re().shape().isRanked()) {
      throw node.refuse("the rank of the input is not known", "give its shape with --shape");
    }
    return z.re().shape().rank();
  }

  private static long[] lengths(TfNode node, List<Pair> in) {
    return node.withInputs(List.of(in.get(0).re(), in.get(1).re())).constantIntegers(1);
  }
}
