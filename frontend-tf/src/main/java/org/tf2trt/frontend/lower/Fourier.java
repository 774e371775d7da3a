// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Discrete Fourier transforms along the last axis as matrix products, which every runtime has and
 * accelerators do fast. Long ones are split once or more (Cooley and Tukey).
 *
 * @param build makes the nodes
 * @param dtype of both parts
 */
record Fourier(OnnxBuilder build, DType dtype) {
  /** Up to here one product with a square matrix: 512 KiB of weights for each part. */
  private static final int DIRECT = 360;

  /** Along the last axis of extent n; inverse ones are divided by n. */
  Pair transform(Pair z, int n, boolean inverse) {
    int a = n <= DIRECT ? 1 : divisor(n);
    return a == 1 ? direct(z, n, inverse) : split(z, a, n / a, inverse);
  }

  private Pair direct(Pair z, int n, boolean inverse) {
    double factor = inverse ? 1.0 / n : 1;
    Value cos = build.constant(FourierMatrix.cosines(dtype, n, n, n, factor));
    Value sin = build.constant(FourierMatrix.sines(dtype, n, n, n, inverse ? -factor : factor));
    if (!z.im().isPresent()) {
      return new Pair(product(z.re(), cos), build.op("Neg", product(z.re(), sin)));
    }
    return new Pair(
        build.add(product(z.re(), cos), product(z.im(), sin)),
        build.sub(product(z.im(), cos), product(z.re(), sin)));
  }

  /** The first {@code bins} of the transform of a real signal of extent n. */
  Pair ofReal(Value x, int n, int bins) {
    if (n <= DIRECT || divisor(n) == 1) {
      Value cos = build.constant(FourierMatrix.cosines(dtype, n, bins, n, 1));
      Value sin = build.constant(FourierMatrix.sines(dtype, n, bins, n, -1));
      return new Pair(product(x, cos), product(x, sin));
    }
    Pair all = transform(new Pair(x, OnnxBuilder.absent()), n, false);
    return new Pair(last(all.re(), 0, bins), last(all.im(), 0, bins));
  }

  /** The real signal of extent n whose first n / 2 + 1 coefficients these are. */
  Value toReal(Pair z, int n) {
    int bins = n / 2 + 1;
    if (n <= 2 * DIRECT || divisor(n) == 1) {
      Value cos = build.constant(FourierMatrix.of(dtype, bins, n, (k, j) -> cosine(k, j, n)));
      Value sin = build.constant(FourierMatrix.of(dtype, bins, n, (k, j) -> sine(k, j, n)));
      return build.sub(product(z.re(), cos), product(z.im(), sin));
    }
    // The other half mirrors this one, conjugated. Imaginary parts of the ends do not count.
    int mirrored = n - bins;
    long[] order = new long[mirrored];
    java.util.Arrays.setAll(order, i -> (long) mirrored - i);
    Value back = build.ints(order);
    Value re = build.concat(-1, z.re(), GatherLowerings.gather(build, z.re(), back, -1));
    Value upper = build.op("Neg", GatherLowerings.gather(build, z.im(), back, -1));
    Value im = build.concat(-1, withoutEnds(z.im(), n), upper);
    return transform(new Pair(re, im), n, true).re();
  }

  private Value withoutEnds(Value im, int n) {
    double[] mask = new double[n / 2 + 1];
    java.util.Arrays.fill(mask, 1);
    mask[0] = 0;
    if (n % 2 == 0) {
      mask[n / 2] = 0;
    }
    return build.mul(
        im, build.constant(FourierMatrix.of(dtype, 1, mask.length, (r, c) -> mask[c])));
  }

  private static double cosine(int k, int j, int n) {
    boolean single = k == 0 || 2 * k == n;
    return (single ? 1.0 : 2.0) / n * Math.cos(2 * Math.PI * ((long) j * k % n) / n);
  }

  private static double sine(int k, int j, int n) {
    boolean single = k == 0 || 2 * k == n;
    return single ? 0 : 2.0 / n * Math.sin(2 * Math.PI * ((long) j * k % n) / n);
  }

  /**
   * With j = b j1 + j2 and k = k1 + a k2: transforms of extent a over j1, a twist of w^(j2 k1), and
   * transforms of extent b over j2.
   */
  private Pair split(Pair z, int a, int b, boolean inverse) {
    int n = a * b;
    int rank = z.re().shape().rank();
    int[] swap = swapped(rank + 1);
    Pair rows = map(z, v -> build.transpose(grid(v, rank, a, b), swap)); // [..., j2, j1]
    Pair inner = transform(rows, a, inverse);
    Pair columns = map(inner, v -> build.transpose(v, swap)); // [..., k1, j2]
    double sign = inverse ? 1 : -1;
    Pair twist =
        new Pair(
            build.constant(FourierMatrix.cosines(dtype, a, b, n, 1)),
            build.constant(FourierMatrix.sines(dtype, a, b, n, sign)));
    Pair outer = transform(columns.times(build, twist), b, inverse); // [..., k1, k2]
    return map(outer, v -> flat(build.transpose(v, swap), rank, n));
  }

  private Value grid(Value v, int rank, int a, int b) {
    return build.reshape(v, leading(v, rank - 1).add(a).add(b).vector());
  }

  private Value flat(Value v, int rank, int n) {
    return build.reshape(v, leading(v, rank - 1).add(n).vector());
  }

  private Extents leading(Value v, int count) {
    Extents extents = new Extents(build);
    for (int i = 0; i < count; i++) {
      extents.add(v, i);
    }
    return extents;
  }

  private interface Step {
    Value of(Value v);
  }

  private static Pair map(Pair z, Step step) {
    return new Pair(step.of(z.re()), z.im().isPresent() ? step.of(z.im()) : z.im());
  }

  /** Exchanges the last two axes. */
  static int[] swapped(int rank) {
    int[] perm = new int[rank];
    java.util.Arrays.setAll(perm, i -> i);
    perm[rank - 2] = rank - 1;
    perm[rank - 1] = rank - 2;
    return perm;
  }

  private Value product(Value x, Value matrix) {
    return build.op("MatMul", x, matrix);
  }

  private Value last(Value v, long from, long to) {
    return SliceLowerings.slice(build, v, -1, from, to);
  }

  /** The largest divisor up to the root; 1 for primes. */
  private static int divisor(int n) {
    for (int d = (int) Math.sqrt(n); d > 1; d--) {
      if (n % d == 0) {
        return d;
      }
    }
    return 1;
  }
}
