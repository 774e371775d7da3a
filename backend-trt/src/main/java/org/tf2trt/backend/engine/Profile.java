// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An optimisation profile: for each input with open dimensions the extents that the engine takes
 * and those that it is tuned for.
 *
 * @param inputs by input name, in order
 */
public record Profile(Map<String, Range> inputs) {
  public Profile {
    inputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /**
   * Extents of one input, all of the same rank with {@code min <= opt <= max} in each dim. For an
   * input that is read as a shape (a small integer tensor) these are its values instead, in
   * row-major order.
   */
  public record Range(List<Long> min, List<Long> opt, List<Long> max) {
    public Range {
      min = List.copyOf(min);
      opt = List.copyOf(opt);
      max = List.copyOf(max);
      if (min.size() != opt.size() || opt.size() != max.size()) {
        throw new IllegalArgumentException("the ranks of " + min + opt + max + " differ");
      }
      for (int i = 0; i < min.size(); i++) {
        if (min.get(i) > opt.get(i) || opt.get(i) > max.get(i)) {
          throw new IllegalArgumentException(
              "dim " + i + " of " + min + ".." + opt + ".." + max + " is not min..opt..max");
        }
      }
    }

    /** A range with one point. */
    public static Range fixed(long... extents) {
      List<Long> dims = new ArrayList<>();
      for (long e : extents) {
        dims.add(e);
      }
      return new Range(dims, dims, dims);
    }

    /** True when these extents lie within. */
    public boolean contains(long[] extents) {
      Objects.requireNonNull(extents, "extents");
      if (extents.length != min.size()) {
        return false;
      }
      for (int i = 0; i < extents.length; i++) {
        if (extents[i] < min.get(i) || extents[i] > max.get(i)) {
          return false;
        }
      }
      return true;
    }
  }
}
