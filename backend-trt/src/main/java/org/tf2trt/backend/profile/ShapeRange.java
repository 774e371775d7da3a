// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.profile;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The shapes that an input may take in one profile, as extents of each dim; of an input that is
 * read as a shape (see {@link ShapeValues}) the values it may take.
 */
public record ShapeRange(List<Extents> dims) {
  public ShapeRange {
    dims = List.copyOf(dims);
  }

  public List<Long> min() {
    return dims.stream().map(Extents::min).toList();
  }

  public List<Long> opt() {
    return dims.stream().map(Extents::opt).toList();
  }

  public List<Long> max() {
    return dims.stream().map(Extents::max).toList();
  }

  boolean isFixed() {
    return dims.stream().allMatch(Extents::isFixed);
  }

  /** {@code 1x3..8x3..32x3}, or {@code 1x3} when all three are the same. */
  @Override
  public String toString() {
    return isFixed()
        ? text(Extents::min)
        : text(Extents::min) + ".." + text(Extents::opt) + ".." + text(Extents::max);
  }

  private String text(ToLongFunction<Extents> side) {
    return dims.stream()
        .map(e -> String.valueOf(side.applyAsLong(e)))
        .collect(Collectors.joining("x"));
  }
}
