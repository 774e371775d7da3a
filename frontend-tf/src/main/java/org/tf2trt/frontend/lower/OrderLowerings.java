// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/** The same elements in another order: transposing, reversing, rolling. */
final class OrderLowerings {
  private OrderLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Transpose", OrderLowerings::transpose);
    table.one("InvertPermutation", OrderLowerings::invertPermutation);
    table.one(
        "ReverseV2", (node, build) -> reverse(build, node.input(0), node.constantIntegers(1)));
    table.one("Reverse", OrderLowerings::reverseByFlags);
    table.one("ReverseSequence", OrderLowerings::reverseSequence);
    table.one("Roll", OrderLowerings::roll);
  }

  static Value transpose(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    if (x.shape().isRanked() && x.shape().rank() < 2) {
      return x;
    }
    if (RankRange.isReversed(node.input(1), x)) {
      return build.op("Transpose", x);
    }
    if (node.knownIntegers(1).isEmpty() && x.shape().isRanked()) {
      return transposeBy(build, x, build.cast(node.input(1), DType.I64));
    }
    long[] perm = node.constantIntegers(1);
    int[] order = Arrays.stream(perm).mapToInt(p -> (int) (p < 0 ? p + perm.length : p)).toArray();
    return build.transpose(x, order);
  }

  /** By a computed permutation: elements are gathered from where they lie in memory. */
  private static Value transposeBy(OnnxBuilder b, Value x, Value perm) {
    int rank = x.shape().rank();
    Value shape = b.shapeOf(x);
    Value target = GatherLowerings.gather(b, shape, perm, 0);
    Value strides = new SparseTensor(b, x, x, shape).strides(shape);
    Value steps = GatherLowerings.gather(b, strides, perm, 0);
    Value at = b.scalar(DType.I64, 0);
    for (int i = 0; i < rank; i++) {
      Value extent = b.squeeze(SliceLowerings.slice(b, target, 0, i, i + 1L), 0);
      Value step = SliceLowerings.slice(b, steps, 0, i, i + 1L);
      Value along = b.mul(Ranges.upTo(b, extent), step);
      long[] behind = new long[rank - 1 - i];
      Arrays.setAll(behind, k -> k + 1L);
      at = b.add(at, b.unsqueeze(along, behind));
    }
    return GatherLowerings.gather(b, b.reshape(x, -1), at, 0);
  }

  /** y[x[i]] = i. */
  private static Value invertPermutation(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    Optional<long[]> known = node.knownIntegers(0);
    if (known.isPresent()) {
      long[] inverse = new long[known.get().length];
      for (int i = 0; i < inverse.length; i++) {
        inverse[(int) known.get()[i]] = i;
      }
      return build.cast(build.ints(inverse), x.dtype());
    }
    Value length = build.squeeze(build.dim(x, 0), 0);
    Value positions =
        build.op("Range", build.scalar(DType.I64, 0), length, build.scalar(DType.I64, 1));
    return build.op("ScatterElements", x, x, build.cast(positions, x.dtype()));
  }

  static Value reverse(OnnxBuilder build, Value x, long... axes) {
    if (axes.length == 0) {
      return x;
    }
    long[] starts = new long[axes.length];
    long[] ends = new long[axes.length];
    Arrays.fill(starts, -1);
    Arrays.fill(ends, Long.MIN_VALUE);
    return build.slice(x, starts, ends, axes, starts.clone());
  }

  /** The old op: one bool per axis. */
  private static Value reverseByFlags(TfNode node, OnnxBuilder build) {
    Optional<TensorData> flags = node.constant(1);
    if (flags.isEmpty()) {
      throw node.refuse("the axes to reverse are computed", "cut the graph after it");
    }
    long[] each = flags.get().longs();
    List<Long> axes = new ArrayList<>();
    for (int i = 0; i < each.length; i++) {
      if (each[i] != 0) {
        axes.add((long) i);
      }
    }
    return reverse(build, node.input(0), axes.stream().mapToLong(Long::longValue).toArray());
  }

  /** ONNX takes batch and time among the first two axes only. */
  private static Value reverseSequence(TfNode node, OnnxBuilder build) {
    int batch = (int) node.integer("batch_dim");
    int time = (int) node.integer("seq_dim");
    Value x = node.input(0);
    if (x.shape().isRanked() && WholeLengths.are(node.input(1), x.shape().dim(time), build)) {
      return reverse(build, x, time);
    }
    Value lengths = build.cast(node.input(1), DType.I64);
    if (batch < 2 && time < 2) {
      return reverseSequence(build, x, lengths, batch, time);
    }
    int[] front = frontFirst(node.rank(0), batch, time);
    Value y = reverseSequence(build, build.transpose(x, front), lengths, 0, 1);
    return build.transpose(y, inverse(front));
  }

  private static Value reverseSequence(
      OnnxBuilder build, Value x, Value lengths, long batch, long time) {
    Map<String, Attr> attrs = Map.of("batch_axis", Attr.of(batch), "time_axis", Attr.of(time));
    DType type = x.dtype() == DType.BF16 ? DType.F32 : x.dtype(); // ONNX has no other type for it
    Value reversed = build.op("ReverseSequence", attrs, build.cast(x, type), lengths);
    return build.cast(reversed, x.dtype());
  }

  private static int[] frontFirst(int rank, int batch, int time) {
    List<Integer> order = new ArrayList<>(List.of(batch, time));
    for (int i = 0; i < rank; i++) {
      if (i != batch && i != time) {
        order.add(i);
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] inverse(int[] perm) {
    int[] inverse = new int[perm.length];
    for (int i = 0; i < perm.length; i++) {
      inverse[perm[i]] = i;
    }
    return inverse;
  }

  /** Each shift moves elements toward higher indices, around the end. */
  private static Value roll(TfNode node, OnnxBuilder build) {
    long[] axes = node.constantIntegers(2);
    Value shifts = build.reshape(build.cast(node.input(1), DType.I64), axes.length);
    Value x = node.input(0);
    for (int i = 0; i < axes.length; i++) {
      Value shift = GatherLowerings.gather(build, shifts, build.ints(i), 0);
      long axis = axes[i] < 0 ? axes[i] + node.rank(0) : axes[i];
      x = roll(build, x, axis, shift);
    }
    return x;
  }

  private static Value roll(OnnxBuilder b, Value x, long axis, Value shift) {
    Value extent = b.dim(x, axis);
    if (x.shape().isRanked() && x.shape().dim((int) axis).is(0)) {
      return x;
    }
    Value turn = b.op("Mod", shift, extent);
    if (turn.constant().map(t -> t.longs()[0] == 0).orElse(false)) {
      return x;
    }
    Value cut = b.sub(extent, turn);
    Value tail = SliceLowerings.slice(b, x, axis, cut, b.ints(Long.MAX_VALUE));
    Value head = SliceLowerings.slice(b, x, axis, b.ints(0), cut);
    return b.concat(axis, tail, head);
  }
}
