// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Sets in the rows of matrices (set_kernels.cc), and the best path of a CTC network. */
final class SetLowerings {
  private SetLowerings() {}

  static void addTo(LoweringTable table) {
    table.add("DenseToDenseSetOperation", SetLowerings::operation);
    table.add("CTCGreedyDecoder", SetLowerings::decode);
  }

  /** Each row sorted, without duplicates. Outputs: indices, values, shape of a sparse matrix. */
  private static List<Value> operation(TfNode node, OnnxBuilder b) {
    Value x = b.cast(node.input(0, 2), DType.I64);
    Value y = b.cast(node.input(1, 2), DType.I64);
    if (!node.input(0).dtype().isInteger()) {
      throw node.refuse("sets of " + node.input(0).dtype().text(), "cut the graph before it");
    }
    Value all = b.concat(1, x, y);
    Map<String, Attr> smallest = Map.of("axis", Attr.of(1), "largest", Attr.of(0L));
    Value sorted = b.ops("TopK", 2, smallest, all, b.dim(all, 1)).get(0);
    Value previous = SliceLowerings.slice(b, sorted, 1, 0, -1);
    Value next = SliceLowerings.slice(b, sorted, 1, 1, Long.MAX_VALUE);
    Value first = Filled.of(b, b.scalar(DType.BOOL, 1), b.concat(0, b.dim(all, 0), b.ints(1)));
    Value fresh = b.concat(1, first, b.op("Not", b.op("Equal", previous, next)));
    Value kept =
        switch (node.string("set_operation")) {
          case "a-b" -> b.op("Not", among(b, sorted, y));
          case "b-a" -> b.op("Not", among(b, sorted, x));
          case "intersection" -> b.op("And", among(b, sorted, x), among(b, sorted, y));
          default -> b.scalar(DType.BOOL, 1);
        };
    List<Value> found = SparseDenseLowerings.outputs(b, b.op("And", fresh, kept), sorted);
    return List.of(found.get(0), b.cast(found.get(1), node.outputType(1)), found.get(2));
  }

  /** bool: which elements of a row are in the set's row. */
  private static Value among(OnnxBuilder b, Value elements, Value set) {
    Value same = b.op("Equal", b.unsqueeze(elements, 2), b.unsqueeze(set, 1));
    Value hits = b.reduce("ReduceSum", b.cast(same, DType.I32), false, 2);
    return b.op("Greater", hits, b.scalar(DType.I32, 0));
  }

  /**
   * Inputs: logits [time, batch, classes], lengths [batch]. Outputs: a sparse matrix of labels, and
   * the negated sum of the best logits.
   */
  private static List<Value> decode(TfNode node, OnnxBuilder b) {
    Value logits = b.transpose(Floats.compute(b, node.input(0, 3)), 1, 0, 2);
    Value classes = b.op("ArgMax", Map.of("axis", Attr.of(2), "keepdims", Attr.of(0L)), logits);
    Value best = b.reduce("ReduceMax", logits, false, 2);
    Value time = b.unsqueeze(Ranges.upTo(b, b.squeeze(b.dim(logits, 1), 0)), 0);
    Value running = b.op("Less", time, b.unsqueeze(b.cast(node.input(1), DType.I64), 1));
    long index = node.has("blank_index") ? node.integer("blank_index") : -1;
    Value blank = index < 0 ? b.add(b.dim(logits, 2), b.ints(index)) : b.ints(index);
    Value kept = b.op("And", running, b.op("Not", b.op("Equal", classes, blank)));
    if (node.flag("merge_repeated")) {
      Value before = SliceLowerings.slice(b, classes, 1, 0, -1);
      Value none = Filled.of(b, b.scalar(DType.I64, -1), b.concat(0, b.dim(logits, 0), b.ints(1)));
      Value repeated = b.op("Equal", classes, b.concat(1, none, before));
      kept = b.op("And", kept, b.op("Not", repeated));
    }
    List<Value> found = SparseDenseLowerings.outputs(b, kept, classes);
    Value counted = b.where(running, best, b.scalarLike(best, 0));
    Value score = b.op("Neg", b.reduce("ReduceSum", counted, true, 1));
    return List.of(found.get(0), found.get(1), found.get(2), b.cast(score, node.outputType(3)));
  }
}
