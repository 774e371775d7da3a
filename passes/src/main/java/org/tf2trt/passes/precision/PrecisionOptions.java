// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.tf2trt.ir.Node;

/**
 * What is asked of the precision of a network.
 *
 * @param precision where nothing speaks against it
 * @param io inputs and outputs that change their type
 * @param excluded nodes that stay float32: names of TensorFlow nodes, or ONNX ops
 */
public record PrecisionOptions(Precision precision, IoTypes io, Set<String> excluded) {
  public PrecisionOptions {
    excluded = Collections.unmodifiableSet(new LinkedHashSet<>(excluded));
  }

  /** Inputs and outputs as they are, nothing excluded. */
  public static PrecisionOptions of(Precision precision) {
    return new PrecisionOptions(precision, IoTypes.KEEP, Set.of());
  }

  public PrecisionOptions with(IoTypes newIo) {
    return new PrecisionOptions(precision, newIo, excluded);
  }

  /** The same with more nodes excluded. */
  public PrecisionOptions exclude(Set<String> more) {
    Set<String> all = new LinkedHashSet<>(excluded);
    all.addAll(more);
    return new PrecisionOptions(precision, io, all);
  }

  boolean excludes(Node node) {
    return excluded.contains(node.op().substring(node.op().indexOf('.') + 1))
        || node.provenance().names().stream().anyMatch(excluded::contains);
  }
}
