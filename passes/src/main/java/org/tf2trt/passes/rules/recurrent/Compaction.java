// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * A masked sequence without its gaps: the steps that each sample takes move to the front, where a
 * length says how many there are, and what the op makes of them moves back. This is exact for any
 * mask, because a step that is skipped keeps the state.
 */
final class Compaction {
  private final OnnxBuilder build;
  private final boolean reverse;

  /** Whether a step is taken, {@code [time, batch, 1]}. */
  private final Value taken;

  private final Value asNumber;

  /** How many steps are taken up to each step. */
  private final Value count;

  private final Value lastStep;

  /**
   * @param mask by steps, in the order in which {@code x} stands
   * @param time how many steps there are, i64
   * @param reverse whether the op walks backwards
   */
  Compaction(Mask mask, Value time, boolean reverse, OnnxBuilder build) {
    this.build = build;
    this.reverse = reverse;
    Value v = mask.of();
    Value column = v.shape().hasRank(2) ? build.unsqueeze(v, 2) : v;
    this.taken = mask.kind() == Mask.Kind.SKIPPED ? build.op("Not", column) : column;
    this.asNumber = build.cast(taken, DType.I32);
    this.count = build.op("CumSum", asNumber, build.scalar(DType.I64, 0));
    this.lastStep = build.cast(build.sub(time, build.scalar(DType.I64, 1)), DType.I32);
  }

  /** How many steps each sample takes. */
  Value lengths() {
    return build.reduce("ReduceSum", asNumber, false, 0, 2);
  }

  /**
   * {@code x [time, batch, ...]} with the steps that are taken in front. What is skipped goes to
   * the last place, which is taken only by a sample that skips nothing.
   */
  Value compact(Value x) {
    Value place = build.where(taken, build.sub(count, build.scalar(DType.I32, 1)), lastStep);
    return build.op("ScatterElements", axis0(), x, spread(place, x), x);
  }

  /**
   * What the op gives, at the steps it belongs to.
   *
   * @param y {@code [time, batch, hidden]}
   * @param keeps whether a skipped step gives what the last taken one gave, rather than 0
   */
  Value scatter(Value y, boolean keeps) {
    // One place more, which is 0: before everything, or after it when the op walks backwards.
    long[] pads = reverse ? new long[] {0, 0, 0, 1, 0, 0} : new long[] {1, 0, 0, 0, 0, 0};
    Value padded = build.op("Pad", y, build.ints(pads));
    return build.op("GatherElements", axis0(), padded, spread(place(keeps), y));
  }

  private Value place(boolean keeps) {
    if (!reverse) {
      return keeps ? count : build.mul(count, asNumber);
    }
    Value before = build.sub(count, asNumber);
    return keeps
        ? before
        : build.where(taken, before, build.add(lastStep, build.scalar(DType.I32, 1)));
  }

  private Value spread(Value place, Value x) {
    return build.op("Expand", place, build.shapeOf(x));
  }

  private static Map<String, Attr> axis0() {
    return Map.of("axis", Attr.of(0L));
  }
}
