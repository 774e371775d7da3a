// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * The states that a path through the labels of a sample visits: a blank, then each label with a
 * blank behind it. All are [batch, states] but {@code given}.
 *
 * @param states the classes, i64; the last class is the blank
 * @param exists false behind the states of a sample with fewer labels than others
 * @param isFirst the states that a path may begin with
 * @param isLast the states that a path may end with
 * @param mayStay whether a path may remain in a state
 * @param maySkip whether a path may come from two states before
 * @param given i64 [batch]: the number of labels as they were given
 */
record CtcLabels(
    Value states,
    Value exists,
    Value isFirst,
    Value isLast,
    Value mayStay,
    Value maySkip,
    Value given) {

  /** From inputs 1 and 2 of a node, the sorted indices and values of a sparse matrix. */
  static CtcLabels of(TfNode node, OnnxBuilder b) {
    Value logits = node.input(0, 3);
    Value blank = b.sub(b.squeeze(b.dim(logits, 2), 0), number(b, 1));
    Value indices = b.cast(node.input(1, 2), DType.I64);
    Value sample = GatherLowerings.gather(b, indices, number(b, 0), 1);
    // Labels of a sample follow each other whatever their columns are.
    Rows rows = Rows.byNumbers(b, sample, b.dim(logits, 1));
    Value at = b.concat(1, b.unsqueeze(sample, 1), b.unsqueeze(rows.columns(sample), 1));
    Value shape = b.concat(0, b.dim(logits, 1), b.unsqueeze(rows.longest(), 0));
    Value none = Filled.of(b, blank, shape);
    Value all = b.op("ScatterND", none, at, b.cast(node.input(2), DType.I64));
    Value isKept = b.op("Less", all, blank);
    Value kept = b.where(isKept, all, blank);
    if (node.flag("preprocess_collapse_repeated")) {
      Value before = SliceLowerings.slice(b, b.concat(1, column(b, all, -1), all), 1, 0, -1);
      isKept = b.op("And", isKept, b.op("Not", b.op("Equal", all, before)));
      kept = movedTogether(b, all, isKept, blank);
    }
    Value count = b.reduce("ReduceSum", b.cast(isKept, DType.I64), true, 1);
    return of(b, kept, count, blank, node.flag("ctc_merge_repeated"), rows.lengths());
  }

  private static CtcLabels of(
      OnnxBuilder b, Value labels, Value count, Value blank, boolean merges, Value given) {
    Value blanks = b.add(b.mul(labels, number(b, 0)), blank);
    Value pairs = b.concat(2, b.unsqueeze(blanks, 2), b.unsqueeze(labels, 2));
    Value rows = b.dim(labels, 0);
    Value width = b.mul(b.dim(labels, 1), b.ints(2));
    Value flat = b.reshape(pairs, b.concat(0, rows, width));
    Value last = b.add(column(b, labels, 0), blank);
    Value states = b.concat(1, flat, last);
    Value position = Ranges.upTo(b, b.squeeze(b.dim(states, 1), 0));
    Value end = b.mul(count, number(b, 2));
    Value exists = b.op("LessOrEqual", position, end);
    Value isLabel = b.op("Not", b.op("Equal", states, blank));
    Value isFirst = b.op("And", exists, b.op("LessOrEqual", position, number(b, 1)));
    Value isLast = b.op("And", exists, b.op("GreaterOrEqual", position, b.sub(end, number(b, 1))));
    if (!merges) {
      return new CtcLabels(states, exists, isFirst, isLast, b.op("Not", isLabel), isLabel, given);
    }
    Value two = b.concat(1, column(b, states, -1), column(b, states, -1), states);
    Value differs = b.op("Not", b.op("Equal", states, SliceLowerings.slice(b, two, 1, 0, -2)));
    Value anywhere = b.op("Equal", states, states);
    Value maySkip = b.op("And", isLabel, differs);
    return new CtcLabels(states, exists, isFirst, isLast, anywhere, maySkip, given);
  }

  /** The kept labels of each row in its first columns, blanks behind them. */
  private static Value movedTogether(OnnxBuilder b, Value all, Value isKept, Value blank) {
    Value kept = b.cast(isKept, DType.I64);
    Value to = b.sub(b.op("CumSum", kept, number(b, 1)), number(b, 1));
    Value column = Ranges.upTo(b, b.squeeze(b.dim(all, 1), 0));
    Value isHere = b.op("Equal", b.unsqueeze(to, 2), column);
    Value moves = b.op("And", isHere, b.unsqueeze(isKept, 2));
    Value surplus = b.where(moves, b.unsqueeze(b.sub(all, blank), 2), number(b, 0));
    return b.add(b.reduce("ReduceSum", surplus, false, 1), blank);
  }

  /** A column for a matrix. */
  private static Value column(OnnxBuilder b, Value matrix, long value) {
    return Filled.of(b, number(b, value), b.concat(0, b.dim(matrix, 0), b.ints(1)));
  }

  private static Value number(OnnxBuilder b, long value) {
    return b.scalar(DType.I64, (double) value);
  }
}
