// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Smooth functions on an interval as Chebyshev series, from {@code chebyshev.txt}. The series may
 * be cut anywhere: single precision takes the terms that it can see.
 */
final class Chebyshev {
  private static final double SINGLE = 1e-9;
  private static final Map<String, Chebyshev> ALL = read();

  private final double from;
  private final double to;
  private final double[] coefficients;

  private Chebyshev(double from, double to, double[] coefficients) {
    this.from = from;
    this.to = to;
    this.coefficients = coefficients;
  }

  /** The series of this name at {@code x}, by Clenshaw's recurrence. */
  static Value of(OnnxBuilder b, String name, Value x) {
    return ALL.get(name).at(b, x);
  }

  private Value at(OnnxBuilder b, Value x) {
    double[] c = terms(x.dtype());
    // Twice the argument moved to [-1, 1].
    Value scaled = b.mul(x, b.scalarLike(x, 4 / (to - from)));
    Value t = b.sub(scaled, b.scalarLike(x, 2 * (to + from) / (to - from)));
    Value next = b.scalarLike(x, c[c.length - 1]);
    Value afterNext = b.scalarLike(x, 0);
    for (int i = c.length - 2; i >= 1; i--) {
      Value sum = b.add(b.sub(b.mul(t, next), afterNext), b.scalarLike(x, c[i]));
      afterNext = next;
      next = sum;
    }
    Value half = b.mul(b.mul(t, b.scalarLike(x, 0.5)), next);
    return b.add(b.sub(half, afterNext), b.scalarLike(x, c[0]));
  }

  private double[] terms(DType dtype) {
    if (dtype == DType.F64) {
      return coefficients;
    }
    double largest = Arrays.stream(coefficients).map(Math::abs).max().orElse(0);
    int count = coefficients.length;
    while (count > 2 && Math.abs(coefficients[count - 1]) < SINGLE * largest) {
      count--;
    }
    return Arrays.copyOf(coefficients, count);
  }

  private static Map<String, Chebyshev> read() {
    try (InputStream in = Chebyshev.class.getResourceAsStream("chebyshev.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Map<String, Chebyshev> all = new HashMap<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] words = line.split(" ", -1);
          double[] numbers =
              Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray();
          double[] coefficients = Arrays.copyOfRange(numbers, 2, numbers.length);
          all.put(words[0], new Chebyshev(numbers[0], numbers[1], coefficients));
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
