// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Putting tensors together along an axis and taking them apart. */
final class JoinLowerings {
  private JoinLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Concat", (node, build) -> concat(node, build, 0));
    table.one("ConcatV2", (node, build) -> concat(node, build, node.inputCount() - 1));
    table.one("ParallelConcat", (node, build) -> build.concat(0, array(node.inputs())));
    table.one("Pack", JoinLowerings::pack);
    table.add("Unpack", JoinLowerings::unpack);
    table.add("Split", JoinLowerings::split);
    table.add("SplitV", JoinLowerings::splitV);
  }

  private static Value concat(TfNode node, OnnxBuilder build, int axisInput) {
    List<Value> parts = new ArrayList<>(node.inputs());
    parts.remove(axisInput);
    return build.concat(node.constantInteger(axisInput), array(parts));
  }

  private static Value pack(TfNode node, OnnxBuilder build) {
    if (node.inputs().stream().anyMatch(v -> v.dtype() == DType.VARIANT)) {
      return node.origin().result(); // lists of tensors; what reads them knows their elements
    }
    long axis = node.integer("axis");
    List<Value> parts = new ArrayList<>();
    for (Value v : node.inputs()) {
      parts.add(build.unsqueeze(v, axis));
    }
    // A negative axis counts in the result, whose rank the unsqueezed parts have.
    return build.concat(axis, array(parts));
  }

  private static Value[] array(List<Value> values) {
    return values.toArray(new Value[0]);
  }

  private static List<Value> unpack(TfNode node, OnnxBuilder build) {
    long axis = node.integer("axis");
    Value x = node.input(0);
    int count = node.outputCount();
    if (count == 1) {
      return List.of(build.squeeze(x, axis));
    }
    return x.shape().hasRank(1) && x.dtype().isInteger()
        ? elements(node, build, x)
        : slices(build, x, axis, count);
  }

  /** Shape vectors come apart by Gather, whose contents shape inference follows. */
  private static List<Value> elements(TfNode node, OnnxBuilder build, Value x) {
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < node.outputCount(); i++) {
      parts.add(
          node.isUsed(i)
              ? GatherLowerings.gather(build, x, build.scalar(DType.I64, i), 0)
              : OnnxBuilder.absent());
    }
    return parts;
  }

  private static List<Value> slices(OnnxBuilder build, Value x, long axis, int count) {
    long[] sizes = new long[count];
    Arrays.fill(sizes, 1);
    List<Value> parts = new ArrayList<>();
    for (Value part : pieces(build, x, axis, build.ints(sizes), count)) {
      parts.add(build.squeeze(part, axis));
    }
    return parts;
  }

  private static List<Value> pieces(OnnxBuilder build, Value x, long axis, Value sizes, int count) {
    return build.ops("Split", count, Map.of("axis", Attr.of(axis)), x, sizes);
  }

  private static List<Value> split(TfNode node, OnnxBuilder build) {
    int count = node.outputCount();
    Value x = node.input(1);
    if (count == 1) {
      return List.of(x);
    }
    long axis = node.constantInteger(0);
    Map<String, Attr> attrs = Map.of("axis", Attr.of(axis), "num_outputs", Attr.of((long) count));
    return build.ops("Split", count, attrs, x);
  }

  private static List<Value> splitV(TfNode node, OnnxBuilder build) {
    Value x = node.input(0);
    int count = node.outputCount();
    if (count == 1) {
      return List.of(x);
    }
    long axis = node.constantInteger(2);
    Optional<long[]> known = node.knownIntegers(1);
    if (known.isEmpty()) {
      return pieces(build, x, axis, sizesAtRuntime(node, build, axis), count);
    }
    long[] sizes = known.get();
    int open = indexOfOpen(sizes);
    if (open < 0) {
      return pieces(build, x, axis, build.ints(sizes), count);
    }
    Dim extent = extent(node, axis);
    if (!extent.isKnown()) {
      return slicesAround(build, x, axis, sizes, open);
    }
    sizes[open] = extent.size() - (Arrays.stream(sizes).sum() + 1);
    return pieces(build, x, axis, build.ints(sizes), count);
  }

  private static int indexOfOpen(long[] sizes) {
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == -1) {
        return i;
      }
    }
    return -1;
  }

  private static Dim extent(TfNode node, long axis) {
    if (!node.input(0).shape().isRanked()) {
      return Dim.UNKNOWN;
    }
    return node.input(0).shape().dim((int) (axis < 0 ? axis + node.rank(0) : axis));
  }

  /** Parts before the open one count from the start, those after it from the end. */
  private static List<Value> slicesAround(
      OnnxBuilder build, Value x, long axis, long[] sizes, int open) {
    List<Value> parts = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (i == open) {
        long rest = Arrays.stream(sizes, open + 1, sizes.length).sum();
        parts.add(SliceLowerings.slice(build, x, axis, start, rest == 0 ? Long.MAX_VALUE : -rest));
        start = -rest;
      } else {
        long end = start + sizes[i];
        boolean toTheEnd = i > open && end == 0 && sizes[i] > 0;
        parts.add(SliceLowerings.slice(build, x, axis, start, toTheEnd ? Long.MAX_VALUE : end));
        start = end;
      }
    }
    return parts;
  }

  /** A -1 among the sizes takes what the others leave. */
  private static Value sizesAtRuntime(TfNode node, OnnxBuilder b, long axis) {
    Value sizes = b.cast(node.input(1), DType.I64);
    Value zero = b.scalar(DType.I64, 0);
    Value open = b.op("Less", sizes, zero);
    Value given = b.reduce("ReduceSum", b.where(open, zero, sizes), true, 0);
    node.rank(0);
    return b.where(open, b.sub(b.dim(node.input(0), axis), given), sizes);
  }
}
