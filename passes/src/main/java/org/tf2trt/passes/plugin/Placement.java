// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.plugin;

import java.util.List;
import org.tf2trt.passes.Pass;

/**
 * A place in a pipeline, next to a pass of it. {@code tf2trt passes} lists the names. Where a pass
 * runs several times, before means before the first time, after means after the last.
 *
 * @param side which side of the other pass
 * @param pass name of the other pass
 */
public record Placement(Side side, String pass) {
  /** The side of the pass that is named. */
  public enum Side {
    BEFORE,
    AFTER
  }

  public static Placement before(String pass) {
    return new Placement(Side.BEFORE, pass);
  }

  public static Placement after(String pass) {
    return new Placement(Side.AFTER, pass);
  }

  /** Where in the list a pass of this placement goes; -1 when there is no such pass. */
  int index(List<Pass> pipeline) {
    int found = -1;
    for (int i = 0; i < pipeline.size(); i++) {
      if (pipeline.get(i).name().equals(pass) && (side == Side.AFTER || found < 0)) {
        found = side == Side.AFTER ? i + 1 : i;
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return (side == Side.BEFORE ? "before " : "after ") + pass;
  }
}
