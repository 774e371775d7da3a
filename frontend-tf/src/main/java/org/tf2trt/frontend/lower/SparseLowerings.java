// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Ops on sparse tensors that keep them sparse. */
final class SparseLowerings {
  private SparseLowerings() {}

  static void addTo(LoweringTable table) {
    table.add("SparseReshape", SparseLowerings::reshape);
    table.add("SparseReorder", (node, b) -> two(SparseTensor.input(node, b, 0).ordered()));
    table.add("SparseSlice", SparseLowerings::slice);
    table.add("SparseSplit", SparseLowerings::split);
    table.add("SparseConcat", SparseLowerings::concat);
    table.add("SparseAdd", SparseLowerings::add);
    table.add("SparseFillEmptyRows", SparseLowerings::fillEmptyRows);
    table.one("SparseSoftmax", SparseLowerings::softmax);
    for (String op : List.of("Add", "Mul", "Div")) {
      table.one("SparseDenseCwise" + op, (node, b) -> withDense(node, b, op));
    }
  }

  private static List<Value> two(SparseTensor t) {
    return List.of(t.indices(), t.values());
  }

  /** Inputs: indices, shape, new shape with at most one -1. */
  private static List<Value> reshape(TfNode node, OnnxBuilder b) {
    Value shape = SparseTensor.i64(b, node.input(1));
    Value target = SparseTensor.i64(b, node.input(2));
    SparseTensor from = new SparseTensor(b, node.input(0), node.input(0), shape);
    Value open = b.op("Equal", target, b.ints(-1));
    Value known = b.reduce("ReduceProd", b.where(open, b.ints(1), target), true, 0);
    Value all = b.reduce("ReduceProd", shape, true, 0);
    Value missing = b.div(all, b.op("Max", known, b.ints(1)));
    Value full = b.where(open, missing, target);
    return List.of(from.coordinates(from.positions(), full), full);
  }

  private static List<Value> slice(TfNode node, OnnxBuilder b) {
    SparseTensor t = SparseTensor.input(node, b, 0);
    return t.slice(SparseTensor.i64(b, node.input(3)), SparseTensor.i64(b, node.input(4)))
        .outputs();
  }

  /** Inputs: axis, indices, values, shape; outputs: all indices, all values, all shapes. */
  private static List<Value> split(TfNode node, OnnxBuilder b) {
    SparseTensor t = SparseTensor.input(node, b, 1);
    int parts = node.outputCount() / 3;
    int rank = rank(node, t);
    int axis = (int) node.constantInteger(0);
    Value extent = SliceLowerings.slice(b, t.shape(), 0, axis, axis + 1L);
    Value size = b.div(extent, b.ints(parts));
    Value rest = b.op("Mod", extent, b.ints(parts));
    List<SparseTensor> made = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      // The first ones take one more each until the rest is gone.
      Value from = b.add(b.mul(size, b.ints(i)), b.op("Min", rest, b.ints(i)));
      Value to = b.add(b.mul(size, b.ints(i + 1L)), b.op("Min", rest, b.ints(i + 1L)));
      Value start = onAxis(b, from, b.ints(new long[rank]), axis);
      made.add(t.slice(start, onAxis(b, b.sub(to, from), t.shape(), axis)));
    }
    List<Value> outputs = new ArrayList<>();
    made.forEach(p -> outputs.add(p.indices()));
    made.forEach(p -> outputs.add(p.values()));
    made.forEach(p -> outputs.add(p.shape()));
    return outputs;
  }

  /** {@code others} with {@code one}, a vector of one element, on an axis. */
  private static Value onAxis(OnnxBuilder b, Value one, Value others, int axis) {
    Value before = SliceLowerings.slice(b, others, 0, 0, axis);
    Value after = SliceLowerings.slice(b, others, 0, axis + 1L, Long.MAX_VALUE);
    return b.concat(0, before, one, after);
  }

  private static int rank(TfNode node, SparseTensor t) {
    Dim rank = t.indices().shape().isRanked() ? t.indices().shape().dim(1) : Dim.UNKNOWN;
    if (!rank.isKnown()) {
      rank = t.shape().shape().isRanked() ? t.shape().shape().dim(0) : Dim.UNKNOWN;
    }
    if (!rank.isKnown()) {
      throw node.refuse(
          "the rank of the sparse tensor is not known", "give the input shapes with --shape");
    }
    return (int) rank.size();
  }

  /** Inputs: all indices, all values, all shapes. */
  private static List<Value> concat(TfNode node, OnnxBuilder b) {
    int n = node.inputCount() / 3;
    SparseTensor first = new SparseTensor(b, node.input(0), node.input(n), node.input(2 * n));
    int rank = rank(node, first);
    long given = node.integer("concat_dim");
    int axis = (int) (given < 0 ? given + rank : given);
    Value offset = b.ints(0);
    List<Value> indices = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Value shift = onAxis(b, offset, b.ints(new long[rank]), axis);
      indices.add(b.add(node.input(i), shift));
      values.add(node.input(n + i));
      offset = b.add(offset, SliceLowerings.slice(b, node.input(2 * n + i), 0, axis, axis + 1L));
    }
    return new SparseTensor(
            b,
            b.concat(0, indices.toArray(Value[]::new)),
            b.concat(0, values.toArray(Value[]::new)),
            onAxis(b, offset, node.input(2 * n), axis))
        .ordered()
        .outputs();
  }

  /** Elements at the same place add up; sums below the threshold go. */
  private static List<Value> add(TfNode node, OnnxBuilder b) {
    SparseTensor x = SparseTensor.input(node, b, 0);
    SparseTensor y = SparseTensor.input(node, b, 3);
    Value positions = b.concat(0, x.positions(), y.positions());
    List<Value> distinct = b.ops("Unique", 3, Map.of("sorted", Attr.of(1L)), positions);
    Value places = distinct.get(0);
    Value values = b.concat(0, x.values(), y.values());
    Value zeros = Filled.of(b, b.scalarLike(values, 0), b.shapeOf(places));
    Value sums =
        ScatterLowerings.accumulate(b, zeros, b.unsqueeze(distinct.get(2), 1), values, "add");
    SparseTensor all = new SparseTensor(b, x.coordinates(places, x.shape()), sums, x.shape());
    Value large = b.op("GreaterOrEqual", b.op("Abs", sums), b.cast(node.input(6), sums.dtype()));
    return all.at(b.squeeze(b.op("NonZero", large), 0)).outputs();
  }

  /** Over the elements present in the last axis. */
  private static Value softmax(TfNode node, OnnxBuilder b) {
    SparseTensor t = SparseTensor.input(node, b, 0);
    Value lowest = b.scalarLike(t.values(), Double.NEGATIVE_INFINITY);
    Value dense = t.dense(lowest, false);
    Value y = b.op("Softmax", Map.of("axis", Attr.of(-1)), dense);
    return b.op("GatherND", y, t.indices());
  }

  /** The values, each with the dense element at its place, which is broadcast. */
  private static Value withDense(TfNode node, OnnxBuilder b, String op) {
    SparseTensor t = SparseTensor.input(node, b, 0);
    Value spread = b.op("Expand", node.input(3), t.shape());
    return b.op(op, t.values(), b.op("GatherND", spread, t.indices()));
  }

  /**
   * Rows without elements get one in their first column. Outputs: indices, values, which rows were
   * empty, and where each old element went.
   */
  private static List<Value> fillEmptyRows(TfNode node, OnnxBuilder b) {
    SparseTensor t = SparseTensor.input(node, b, 0);
    int rank = rank(node, t);
    Value count = SliceLowerings.slice(b, t.shape(), 0, 0, 1);
    Value numbers = Ranges.upTo(b, b.squeeze(count, 0));
    Value rows = SliceLowerings.slice(b, t.indices(), 1, 0, 1); // [n, 1]
    Value own = b.cast(b.op("Equal", rows, b.unsqueeze(numbers, 0)), DType.I32);
    Value empty = b.op("Equal", b.reduce("ReduceSum", own, false, 0), b.scalar(DType.I32, 0));
    Value added = b.transpose(b.op("NonZero", empty), 1, 0); // [m, 1]
    long[] pads = new long[4];
    pads[3] = rank - 1L;
    Value corners = b.op("Pad", added, b.ints(pads), b.scalar(DType.I64, 0));
    Value filler = b.op("Expand", node.input(3), b.dim(added, 0));
    Value allRows = b.squeeze(b.concat(0, rows, added), 1);
    SparseTensor all =
        new SparseTensor(
            b, b.concat(0, t.indices(), corners), b.concat(0, t.values(), filler), t.shape());
    // By row, elements of a row in the order they had.
    Value total = b.dim(allRows, 0);
    Value sequence = Ranges.upTo(b, b.squeeze(total, 0));
    Value key = b.add(b.mul(allRows, total), sequence);
    Map<String, Attr> smallest = Map.of("axis", Attr.of(0), "largest", Attr.of(0L));
    Value order = b.ops("TopK", 2, smallest, key, total).get(1);
    SparseTensor filled = all.at(order);
    Value back = b.ops("TopK", 2, smallest, order, total).get(1);
    Value moved = SliceLowerings.slice(b, back, 0, b.ints(0), b.dim(t.indices(), 0));
    return List.of(filled.indices(), filled.values(), empty, moved);
  }
}
