// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.Constants;

/** How often a Loop runs, as TensorRT's parser reads it. */
public final class Trips {
  /** It takes trip counts above this one, 2^31-2, for none. */
  public static final long MOST = Integer.MAX_VALUE - 1L;

  private Trips() {}

  /** No trip count, or one that means none. */
  public static boolean isUnbounded(Node loop) {
    return loop.optionalInput(0).isEmpty()
        || Constants.longs(loop.input(0)).filter(c -> c.length == 1 && c[0] > MOST).isPresent();
  }

  /** How many values go from one iteration to the next. */
  public static int carried(Node loop) {
    return loop.inputs().size() - 2;
  }

  /** Something of each iteration is read behind the loop. */
  public static boolean collects(Node loop) {
    return loop.results().stream().skip(carried(loop)).anyMatch(r -> !r.isUnused());
  }

  /** A condition may end it before its trip count, or keep it from beginning. */
  public static boolean mayEndEarly(Node loop) {
    Value again = loop.bodies().get(0).outputs().get(0);
    boolean goesOn = isTrue(again) || again == loop.bodies().get(0).params().get(1);
    return !goesOn || mayNotBegin(loop);
  }

  /** Whether it begins depends on a condition. */
  static boolean mayNotBegin(Node loop) {
    return loop.optionalInput(1).filter(c -> !isTrue(c)).isPresent();
  }

  private static boolean isTrue(Value v) {
    Value from = v.producer("onnx.Identity").map(n -> n.input(0)).orElse(v);
    return Constants.longs(from).filter(c -> c.length == 1 && c[0] != 0).isPresent();
  }
}
