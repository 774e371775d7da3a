// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;

/**
 * What open dims of inputs have to be, from the weights that they meet: a graph that was frozen
 * without shapes does not say that its images have three channels, but its first filter does.
 */
public final class OpenExtents {
  /** Ops whose result has the axes of the input. */
  private static final Set<String> KEEPS =
      Set.of(
          "onnx.Cast",
          "onnx.Identity",
          "onnx.Relu",
          "onnx.Clip",
          "onnx.Neg",
          "onnx.Abs",
          "onnx.Sqrt",
          "onnx.Sigmoid",
          "onnx.Tanh",
          "onnx.Pad",
          "onnx.Resize");

  private static final Set<String> BROADCASTS =
      Set.of("onnx.Add", "onnx.Sub", "onnx.Mul", "onnx.Div", "onnx.Max", "onnx.Min");

  private OpenExtents() {}

  /** A value and, for each of its axes, the axis of the input that it is. */
  private record Seen(Value value, List<Integer> axes) {}

  /** The types of the graph's inputs with those dims put in that can be told. */
  public static Map<String, TensorType> of(Graph graph) {
    Map<String, TensorType> types = new LinkedHashMap<>();
    for (Value.Param param : graph.params()) {
      types.put(param.name(), param.shape().isRanked() ? told(param) : param.type());
    }
    return types;
  }

  private static TensorType told(Value.Param param) {
    Shape shape = param.shape();
    Deque<Seen> open = new ArrayDeque<>();
    Set<Value> seen = new HashSet<>();
    open.add(new Seen(param, IntStream.range(0, shape.rank()).boxed().toList()));
    while (!open.isEmpty()) {
      Seen at = open.remove();
      if (!seen.add(at.value())) {
        continue;
      }
      for (Use use : at.value().uses()) {
        if (use instanceof Use.Input in) {
          shape = meet(in, at.axes(), shape);
          axes(in, at.axes()).ifPresent(axes -> open.add(new Seen(in.node().result(), axes)));
        }
      }
    }
    return param.type().withShape(shape);
  }

  /** Puts in what one reader demands. */
  private static Shape meet(Use.Input use, List<Integer> axes, Shape shape) {
    Node node = use.node();
    int rank = axes.size();
    if (node.is("onnx.Conv") && use.index() == 0) {
      Dim perGroup = node.input(1).shape().isRanked() ? node.input(1).shape().dim(1) : Dim.UNKNOWN;
      return put(shape, axes.get(1), perGroup, node.intAttr("group", 1));
    }
    Shape other =
        BROADCASTS.contains(node.op()) && node.inputs().size() == 2
            ? node.input(1 - use.index()).shape()
            : Shape.UNRANKED;
    if ((node.is("onnx.MatMul") || node.is("onnx.Gemm")) && use.index() == 0) {
      Shape weights = node.input(1).shape();
      boolean swapped = node.intAttr("transB", 0) == 1;
      if (weights.isRanked() && weights.rank() >= 2 && node.intAttr("transA", 0) == 0) {
        return put(shape, axes.get(rank - 1), weights.dim(weights.rank() - (swapped ? 1 : 2)), 1);
      }
    }
    Shape result = shape;
    boolean weights = other.isRanked() && node.input(1 - use.index()) instanceof Value.Constant;
    for (int i = 1; weights && i <= Math.min(rank, other.rank()); i++) {
      Dim d = other.dim(other.rank() - i);
      result = d.isKnown() && d.size() > 1 ? put(result, axes.get(rank - i), d, 1) : result;
    }
    return result;
  }

  private static Shape put(Shape shape, int axis, Dim dim, long times) {
    return shape.dim(axis).isKnown() || !dim.isKnown()
        ? shape
        : shape.with(axis, Dim.of(dim.size() * times));
  }

  /** The axes of the reader's result; empty when they are no longer the input's. */
  private static Optional<List<Integer>> axes(Use.Input use, List<Integer> axes) {
    Node node = use.node();
    if (node.is("onnx.Transpose")) {
      List<Integer> moved = new ArrayList<>();
      for (long axis : node.intsAttr("perm")) {
        moved.add(axes.get((int) axis));
      }
      return moved.size() == axes.size() ? Optional.of(moved) : Optional.empty();
    }
    boolean same =
        KEEPS.contains(node.op()) && use.index() == 0
            || BROADCASTS.contains(node.op())
                && node.result().shape().isRanked()
                && node.result().shape().rank() == axes.size();
    return same ? Optional.of(axes) : Optional.empty();
  }
}
