// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.Optional;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;

/**
 * The layers of convolutions are made from the extents of the filter, also where its values are
 * computed: importConv and importConvTranspose of the parser refuse unknown ones and none at all.
 */
final class ConvLimits {
  private ConvLimits() {}

  static Optional<String> against(Node node) {
    boolean transposed = node.is("onnx.ConvTranspose");
    long group = node.intAttr("group", 1);
    Shape filter = node.input(1).shape();
    Optional<String> wrong = filter.isRanked() ? extents(filter) : Optional.empty();
    return wrong.or(() -> channels(node, filter, transposed, group));
  }

  private static Optional<String> extents(Shape filter) {
    if (filter.dims().stream().anyMatch(d -> d.is(0))) {
      return Optional.of("its filter has an extent of 0");
    }
    return filter.isStatic()
        ? Optional.empty()
        : Optional.of("the extents of its filter are not known");
  }

  /** Deconvolutions and groups; other convolutions take the channels of their filter. */
  private static Optional<String> channels(
      Node node, Shape filter, boolean transposed, long group) {
    Shape x = node.input(0).shape();
    if (!x.isRanked() || x.rank() < 2) {
      return Optional.empty();
    }
    Dim given = x.dim(1);
    if (!given.isKnown()) {
      return transposed || group != 1
          ? Optional.of("the channels of input 0 have to be known")
          : Optional.empty();
    }
    if (!filter.isStatic() || filter.rank() < 2) {
      return Optional.empty();
    }
    long wanted = transposed ? filter.sizes()[0] : filter.sizes()[1] * group;
    return given.is(wanted)
        ? Optional.empty()
        : Optional.of("input 0 has %s channels, its filter takes %d".formatted(given, wanted));
  }
}
