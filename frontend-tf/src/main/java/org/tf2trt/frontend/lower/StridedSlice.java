// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Slicing as in NumPy (strided_slice_op.cc, ValidateStridedSliceOp). Each entry of begin, end and
 * strides is, in this order of precedence: the ellipsis, a new axis, an index that drops its axis
 * (begin counts, even when masked), or a range. ONNX Slice clamps bounds the same way, but for
 * where a backward walk begins.
 */
final class StridedSlice {
  private final TfNode node;
  private final OnnxBuilder build;
  private final Value input;
  private final Value begin;
  private final Value end;
  private final Value strides;
  private final int entries;

  private final List<Long> axes = new ArrayList<>();
  private final List<Value> starts = new ArrayList<>();
  private final List<Value> ends = new ArrayList<>();
  private final List<Value> steps = new ArrayList<>();
  private final List<Long> dropped = new ArrayList<>();
  private final List<Long> inserted = new ArrayList<>();
  private final List<Value> gathered = new ArrayList<>();
  private final List<Long> gatherAxes = new ArrayList<>();

  /** {@code x} is what is sliced; bounds and masks are those of the node. */
  StridedSlice(TfNode node, OnnxBuilder build, Value x) {
    this.node = node;
    this.input = x;
    this.build = build;
    this.begin = build.cast(node.input(1), DType.I64);
    this.end = build.cast(node.input(2), DType.I64);
    this.strides = build.cast(node.input(3), DType.I64);
    this.entries = entries();
  }

  Value lower() {
    plan();
    Value x = input;
    if (isElementOfVector(x)) {
      return GatherLowerings.gather(build, x, build.reshape(starts.get(0)), 0);
    }
    if (!axes.isEmpty()) {
      Value axisVector = build.ints(longs(axes));
      x = build.op("Slice", x, join(starts), join(ends), axisVector, join(steps));
    }
    for (int i = 0; i < gathered.size(); i++) {
      x = GatherLowerings.gather(build, x, gathered.get(i), gatherAxes.get(i));
    }
    return build.unsqueeze(build.squeeze(x, longs(dropped)), longs(inserted));
  }

  /** {@code shape[i]}: one Gather, whose contents shape inference follows. */
  private boolean isElementOfVector(Value x) {
    return x.shape().hasRank(1) && dropped.size() == 1 && gathered.isEmpty() && inserted.isEmpty();
  }

  private int entries() {
    for (Value v : List.of(strides, begin, end)) {
      if (v.shape().hasRank(1) && v.shape().dim(0).isKnown()) {
        return (int) v.shape().dim(0).size();
      }
    }
    throw node.refuse(
        "the length of begin, end and strides is not known", "give the input shapes with --shape");
  }

  private void plan() {
    int axis = 0;
    int out = 0;
    for (int i = 0; i < entries; i++) {
      if (has("ellipsis_mask", i)) {
        int covered = rank() - consumed();
        axis += covered;
        out += covered;
      } else if (has("new_axis_mask", i)) {
        inserted.add((long) out++);
      } else if (has("shrink_axis_mask", i)) {
        index(axis++, i);
      } else {
        range(axis++, i);
        out++;
      }
    }
  }

  private int rank() {
    if (!input.shape().isRanked()) {
      throw node.refuse(
          "the rank of what is sliced is not known, and an ellipsis needs it",
          "give its shape with --shape");
    }
    return input.shape().rank();
  }

  private boolean has(String mask, int i) {
    return (node.integer(mask) >> i & 1) != 0;
  }

  /** Axes of the input that entries other than the ellipsis stand for. */
  private int consumed() {
    int count = 0;
    for (int i = 0; i < entries; i++) {
      count += has("ellipsis_mask", i) || has("new_axis_mask", i) ? 0 : 1;
    }
    return count;
  }

  private void index(int axis, int i) {
    Optional<Long> at = SliceLowerings.known(build, begin, i);
    dropped.add((long) axis);
    if (at.isPresent()) {
      long next = at.get() == -1 ? Long.MAX_VALUE : at.get() + 1;
      add(axis, build.ints(at.get()), build.ints(next), build.ints(1));
    } else {
      gatherAxes.add((long) axis);
      gathered.add(element(begin, i));
    }
  }

  private void range(int axis, int i) {
    Optional<Long> step = SliceLowerings.known(build, strides, i);
    Value from = has("begin_mask", i) ? bound(step, i, 0, Long.MAX_VALUE) : element(begin, i);
    Value to =
        has("end_mask", i) ? bound(step, i, Long.MAX_VALUE, Long.MIN_VALUE) : element(end, i);
    if (!isWhole(axis, from, to, step)) {
      Value by = element(strides, i);
      add(axis, from, isMaybeBefore(axis, from, step) ? orEmpty(axis, from, to, by) : to, by);
    }
  }

  /** Whether a backward walk may begin before the first element, where it finds nothing. */
  private boolean isMaybeBefore(int axis, Value from, Optional<Long> step) {
    if (step.isPresent() && step.get() > 0) {
      return false;
    }
    if (from.constant().isEmpty()) {
      return true;
    }
    long first = from.constant().get().longs()[0];
    Dim extent = input.shape().isRanked() ? input.shape().dim(axis) : Dim.UNKNOWN;
    return first < -1 && !(extent.isKnown() && first >= -extent.size());
  }

  /** ONNX begins at element 0 there: an end of 0 leaves nothing. */
  private Value orEmpty(int axis, Value from, Value to, Value by) {
    Value before = build.op("Less", from, build.op("Neg", build.dim(input, axis)));
    Value backward = build.op("Less", by, build.ints(0));
    return build.where(build.op("And", before, backward), build.ints(0), to);
  }

  private boolean isWhole(int axis, Value from, Value to, Optional<Long> step) {
    if (step.isEmpty() || step.get() != 1 || !is(from, 0) || to.constant().isEmpty()) {
      return false;
    }
    long last = to.constant().get().longs()[0];
    Dim extent = input.shape().isRanked() ? input.shape().dim(axis) : Dim.UNKNOWN;
    return last == Long.MAX_VALUE || extent.isKnown() && last >= extent.size();
  }

  private static boolean is(Value v, long expected) {
    return v.constant().isPresent() && v.constant().get().longs()[0] == expected;
  }

  /** A masked bound lies at the end where the stride begins or ends. */
  private Value bound(Optional<Long> step, int i, long forward, long backward) {
    if (step.isPresent()) {
      return build.ints(step.get() > 0 ? forward : backward);
    }
    Value isForward = build.op("Greater", element(strides, i), build.ints(0));
    return build.where(isForward, build.ints(forward), build.ints(backward));
  }

  /** Element {@code i} as a vector of one. */
  private Value element(Value vector, int i) {
    return SliceLowerings.known(build, vector, i)
        .map(build::ints)
        .orElseGet(() -> GatherLowerings.gather(build, vector, build.ints(i), 0));
  }

  private void add(long axis, Value from, Value to, Value step) {
    axes.add(axis);
    starts.add(from);
    ends.add(to);
    steps.add(step);
  }

  private Value join(List<Value> parts) {
    return build.concat(0, parts.toArray(new Value[0]));
  }

  private static long[] longs(List<Long> list) {
    return list.stream().mapToLong(Long::longValue).toArray();
  }
}
