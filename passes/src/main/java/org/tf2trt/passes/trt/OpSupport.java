// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tf2trt.ir.DType;

/**
 * What TensorRT's parser takes of one op.
 *
 * @param op without dialect
 * @param inputs element types of each input; the last entry stands for all further ones
 * @param limits further restrictions
 */
public record OpSupport(String op, List<Set<DType>> inputs, List<Limit> limits) {
  public OpSupport {
    inputs =
        inputs.stream()
            .map(s -> Collections.unmodifiableSet(s.isEmpty() ? none() : EnumSet.copyOf(s)))
            .toList();
    limits = List.copyOf(limits);
  }

  private static EnumSet<DType> none() {
    return EnumSet.noneOf(DType.class);
  }

  /** Element types of input {@code i}. */
  public Set<DType> types(int i) {
    return inputs.get(Math.min(i, inputs.size() - 1));
  }
}
