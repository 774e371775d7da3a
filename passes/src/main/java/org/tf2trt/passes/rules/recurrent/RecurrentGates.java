// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Value;

/** Conditions on the gates of a cell. */
final class RecurrentGates {
  private RecurrentGates() {}

  /** All read one sequence, and have as many columns as the state. */
  static boolean fit(List<Affine> gates, Value state) {
    Optional<Value> x = gates.stream().flatMap(g -> g.x().stream()).findFirst();
    return x.isPresent()
        && gates.stream()
            .allMatch(
                g ->
                    state.shape().dim(1).is(g.columns())
                        && g.x().map(v -> v == x.get()).orElse(true));
  }
}
