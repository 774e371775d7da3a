// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The steps of a loop as ONNX's recurrent ops walk them.
 *
 * @param x what the op reads, {@code [time, batch, inputs]}
 * @param lengths how many steps each sample takes, i32; empty when all take every step
 * @param backwards whether the op walks from the last step to the first, because the loop walks a
 *     reversed sequence
 * @param compaction what moved steps that some samples skip
 * @param reversedUpTo the lengths up to which the loop's sequence was reversed
 */
record Steps(
    Value x,
    Optional<Value> lengths,
    boolean backwards,
    Optional<Compaction> compaction,
    Optional<Value> reversedUpTo) {

  static Steps of(TimeLoop loop, Value x, Optional<Mask> mask, OnnxBuilder build) {
    boolean whole = isWhole(loop, x, build);
    if (mask.isPresent() && mask.get().isLengths()) {
      Value lengths = mask.get().of();
      Optional<Value> forward =
          whole ? Direction.reversedUpTo(x, lengths, build) : Optional.empty();
      return new Steps(
          forward.orElseGet(() -> cut(loop, x, whole, build)),
          Optional.of(clamped(loop, lengths, build)),
          forward.isPresent(),
          Optional.empty(),
          forward.map(v -> lengths));
    }
    Optional<Value> forward = Direction.reversed(x).filter(v -> whole);
    if (mask.isEmpty()) {
      Value walked = forward.orElseGet(() -> cut(loop, x, whole, build));
      return new Steps(
          walked, Optional.empty(), forward.isPresent(), Optional.empty(), Optional.empty());
    }
    Optional<Value> forwardMask = Direction.reversed(mask.get().of());
    boolean backwards = forward.isPresent() && forwardMask.isPresent();
    Value steps = backwards ? forwardMask.get() : mask.get().of();
    Mask walked = new Mask(mask.get().kind(), cut(loop, steps, isWhole(loop, steps, build), build));
    Compaction compaction = new Compaction(walked, loop.trips(), backwards, build);
    return new Steps(
        compaction.compact(backwards ? forward.get() : cut(loop, x, whole, build)),
        Optional.of(compaction.lengths()),
        backwards,
        Optional.of(compaction),
        Optional.empty());
  }

  /**
   * What the loop collects.
   *
   * @param y what the op gives, {@code [time, batch, hidden]}, 0 behind the lengths
   * @param keeps whether a skipped step gives what the last taken one gave, rather than 0
   */
  Value collected(Value y, boolean keeps, OnnxBuilder build) {
    Value placed = compaction.isPresent() ? compaction.get().scatter(y, keeps) : y;
    if (!backwards) {
      return placed;
    }
    return reversedUpTo.isPresent()
        ? Direction.reverseUpTo(placed, reversedUpTo.get(), build)
        : Direction.reverse(placed, build);
  }

  private static boolean isWhole(TimeLoop loop, Value x, OnnxBuilder build) {
    Optional<List<Dim>> trips = build.values(loop.trips());
    Dim have = x.shape().dim(0);
    return !have.isUnknown() && trips.filter(t -> t.get(0).equals(have)).isPresent();
  }

  /** As many steps of the sequence as the loop makes. */
  private static Value cut(TimeLoop loop, Value x, boolean whole, OnnxBuilder build) {
    return whole
        ? x
        : build.op("Slice", x, build.ints(0), build.reshape(loop.trips(), 1), build.ints(0));
  }

  /** Lengths beyond the sequence are none. */
  private static Value clamped(TimeLoop loop, Value all, OnnxBuilder build) {
    Value most = build.reshape(loop.trips(), 1);
    Value clamped = build.op("Min", build.cast(all, DType.I64), most);
    return build.cast(build.op("Max", clamped, build.ints(0)), DType.I32);
  }
}
