// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Picking slices and elements by index. */
final class GatherLowerings {
  private GatherLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Gather", (node, build) -> gather(build, node.input(0), index(node, build), 0));
    table.one("GatherV2", GatherLowerings::gatherV2);
    table.one("ResourceGather", GatherLowerings::resourceGather);
    table.one("GatherNd", GatherLowerings::gatherNd);
    table.one("ResourceGatherNd", GatherLowerings::gatherNd);
  }

  private static Value gatherV2(TfNode node, OnnxBuilder build) {
    if (RaggedVariants.isEncoded(node.input(0)) && node.rank(1) == 0) {
      return RaggedVariants.row(node, build, node.input(0), node.input(1));
    }
    boolean known = node.knownIntegers(2).isPresent();
    if (known || node.integer("batch_dims") != 0 || !node.input(0).shape().isRanked()) {
      return gatherV2(node, build, node.constantInteger(2));
    }
    Value axis = build.reshape(build.cast(node.input(2), DType.I64), new long[0]);
    int rank = node.rank(0);
    Value positive = build.op("Mod", axis, build.scalar(DType.I64, rank));
    return along(build, node.input(0), index(node, build), positive, 0, rank);
  }

  /** Along an axis computed when the model runs, at least {@code from}: a branch for each. */
  private static Value along(
      OnnxBuilder b, Value x, Value indices, Value axis, int from, int rank) {
    if (from == rank - 1) {
      return gather(b, x, indices, from);
    }
    Graph then = new Graph("axis" + from);
    OnnxBuilder inThen = new OnnxBuilder(then, null, b.provenance(), b.inference(), n -> {});
    then.addOutput("gathered", gather(inThen, x, indices, from));
    Graph otherwise = new Graph("axis_above" + from);
    OnnxBuilder inElse = new OnnxBuilder(otherwise, null, b.provenance(), b.inference(), n -> {});
    otherwise.addOutput("gathered", along(inElse, x, indices, axis, from + 1, rank));
    Value here = b.op("Equal", axis, b.scalar(DType.I64, from));
    return b.ops("If", 1, Map.of(), List.of(here), List.of(then, otherwise)).get(0);
  }

  static Value gather(OnnxBuilder b, Value x, Value indices, long axis) {
    return b.op("Gather", Map.of("axis", Attr.of(axis)), x, indices);
  }

  private static Value index(TfNode node, OnnxBuilder build) {
    DType dtype = node.input(1).dtype();
    return dtype == DType.I32 || dtype == DType.I64
        ? node.input(1)
        : build.cast(node.input(1), DType.I32);
  }

  private static Value resourceGather(TfNode node, OnnxBuilder build) {
    return gatherV2(node, build, node.integer("batch_dims"));
  }

  private static Value gatherV2(TfNode node, OnnxBuilder build, long axisAsGiven) {
    Value x = node.input(0);
    Value indices = index(node, build);
    long batch = node.integer("batch_dims");
    if (batch == 0) {
      return gather(build, x, indices, axisAsGiven);
    }
    int rank = node.rank(0);
    int indexRank = node.rank(1);
    int dims = (int) (batch < 0 ? batch + indexRank : batch);
    int axis = (int) (axisAsGiven < 0 ? axisAsGiven + rank : axisAsGiven);
    return dims == 0
        ? gather(build, x, indices, axis)
        : batched(build, x, indices, axis, dims, rank, indexRank);
  }

  /** [B,P,A,S] with [B,I] to [B,P,I,S]: GatherND takes the axis right after the batch. */
  private static Value batched(
      OnnxBuilder b, Value x, Value indices, int axis, int batch, int rank, int indexRank) {
    Value front = b.transpose(x, moved(rank, axis, batch, 1));
    Value picks = b.unsqueeze(b.cast(indices, DType.I64), -1);
    Value y = b.op("GatherND", Map.of("batch_dims", Attr.of((long) batch)), front, picks);
    int picked = indexRank - batch;
    return b.transpose(y, movedBack(rank - 1 + picked, batch, axis - batch, picked));
  }

  /** The permutation that takes {@code count} axes from {@code from} to {@code to} < from. */
  private static int[] moved(int rank, int from, int to, int count) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      if (i < from || i >= from + count) {
        order.add(i);
      }
    }
    for (int i = 0; i < count; i++) {
      order.add(to + i, from + i);
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The permutation that takes {@code count} axes at {@code from} past {@code by} others. */
  private static int[] movedBack(int rank, int from, int by, int count) {
    return moved(rank, from + count, from, by);
  }

  /** Each last-axis vector of the indices is a point; points without coordinates pick all. */
  private static Value gatherNd(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    Value indices = build.cast(node.input(1), DType.I64);
    int rank = node.rank(1);
    if (!indices.shape().dim(rank - 1).is(0)) {
      return build.op("GatherND", x, indices);
    }
    Value points = SliceLowerings.slice(build, build.shapeOf(indices), 0, 0, rank - 1L);
    return build.op("Expand", x, build.concat(0, points, build.shapeOf(x)));
  }
}
