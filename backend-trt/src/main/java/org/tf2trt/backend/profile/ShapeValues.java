// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Inputs whose values are extents of something, as the size that an image is resized to: for these
 * a profile gives the values. Only TensorRT's parser knows which inputs it reads so ({@code
 * ITensor::isShapeTensor}); the others among the {@linkplain #candidate candidates} need no range.
 */
public final class ShapeValues {
  /** Paddings of as many dims as there can be are 16; a list of extents is shorter. */
  private static final long MOST = 64;

  private ShapeValues() {}

  /** Integers of a known number, not more than a few; values are given in row-major order. */
  public static boolean candidate(TensorType type) {
    return (type.dtype() == DType.I32 || type.dtype() == DType.I64)
        && type.shape().isStatic()
        && Arrays.stream(type.shape().sizes()).reduce(1, ShapeValues::times) <= MOST;
  }

  private static long times(long a, long b) {
    return a > MOST || b > MOST ? Long.MAX_VALUE : a * b;
  }

  /** How many numbers a candidate holds. */
  static int count(TensorType type) {
    return Math.toIntExact(Arrays.stream(type.shape().sizes()).reduce(1, Math::multiplyExact));
  }

  /** Whether any input may be one, so that the parser has to be asked. */
  public static boolean possible(Map<String, TensorType> inputs) {
    return inputs.values().stream().anyMatch(ShapeValues::candidate);
  }

  /**
   * Requires a range in every profile for the inputs that TensorRT reads as shapes.
   *
   * @param inputs of the model by name
   * @param profiles as resolved; no profile counts as one without ranges
   * @param read names of the inputs that the parser reads as shapes
   * @throws DiagnosticException {@code MISSING_PROFILE} with the flag to give
   */
  public static void require(
      Map<String, TensorType> inputs, List<Map<String, ShapeRange>> profiles, Set<String> read) {
    List<String> missing = new ArrayList<>();
    for (String name : read) {
      if (profiles.isEmpty() || profiles.stream().anyMatch(p -> !p.containsKey(name))) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      Map<String, String> entries = new LinkedHashMap<>();
      missing.forEach(name -> entries.put(name, name + "=" + example(inputs.get(name))));
      throw DiagnosticException.of(
          Code.MISSING_PROFILE,
          "'" + String.join("', '", missing) + "'",
          "shapes depend on these values, and no profile gives their range",
          "give it, for example with --profile \"" + String.join(",", entries.values()) + "\"");
    }
  }

  private static String example(TensorType type) {
    List<String> sides = new ArrayList<>();
    for (String value : List.of("1", "224", "512")) {
      sides.add(String.join("x", java.util.Collections.nCopies(count(type), value)));
    }
    return String.join("..", sides);
  }
}
