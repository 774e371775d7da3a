// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;

/** What a graph demands of its symbolic dims. */
sealed interface ShapeConstraint {
  /** False only when the dims are known to contradict it. */
  boolean holds(Map<String, Dim> extents);

  /** No tensor of the network is empty. */
  record NotEmpty(Dim dim) implements ShapeConstraint {
    @Override
    public boolean holds(Map<String, Dim> extents) {
      Dim d = dim.substitute(extents);
      return !d.isKnown() || d.size() > 0;
    }
  }

  /** Two tensors have as many elements. */
  record SameProduct(List<Dim> left, List<Dim> right) implements ShapeConstraint {
    @Override
    public boolean holds(Map<String, Dim> extents) {
      double a = product(left, extents);
      double b = product(right, extents);
      return Double.isNaN(a) || Double.isNaN(b) || a == b;
    }

    private static double product(List<Dim> dims, Map<String, Dim> extents) {
      double product = 1;
      for (Dim dim : dims) {
        Dim d = dim.substitute(extents);
        product *= d.isKnown() ? d.size() : Double.NaN;
      }
      return product;
    }
  }

  /** Two dims are broadcast to each other. */
  record Broadcast(Dim left, Dim right) implements ShapeConstraint {
    @Override
    public boolean holds(Map<String, Dim> extents) {
      Dim a = left.substitute(extents);
      Dim b = right.substitute(extents);
      return !a.isKnown() || !b.isKnown() || a.equals(b) || a.is(1) || b.is(1);
    }
  }

  /** Those of the nodes outside bodies: a branch that is not taken demands nothing. */
  static Set<ShapeConstraint> of(Graph graph) {
    Set<ShapeConstraint> all = new LinkedHashSet<>();
    for (Node node : graph.nodes()) {
      for (Value result : node.results()) {
        if (result.shape().isRanked()) {
          result.shape().dims().stream()
              .filter(Dim::isSymbolic)
              .forEach(d -> all.add(new NotEmpty(d)));
        }
      }
      if (node.inputs().stream().allMatch(v -> !v.isPresent() || v.shape().isRanked())) {
        demands(node, all);
      }
    }
    return all;
  }

  private static void demands(Node node, Set<ShapeConstraint> all) {
    switch (node.op()) {
      case "onnx.Reshape" -> {
        if (node.result().shape().isRanked()) {
          same(node.input(0).shape().dims(), node.result().shape().dims(), all);
        }
      }
      case "onnx.Conv" -> {
        Shape filter = node.input(1).shape();
        Dim perGroup = filter.dim(1);
        if (perGroup.isKnown()) {
          Dim channels = Dim.of(perGroup.size() * node.intAttr("group", 1));
          same(List.of(node.input(0).shape().dim(1)), List.of(channels), all);
        }
      }
      case "onnx.MatMul" -> {
        Shape a = node.input(0).shape();
        Shape b = node.input(1).shape();
        if (a.rank() > 0 && b.rank() > 0) {
          Dim inner = b.dim(Math.max(0, b.rank() - 2));
          same(List.of(a.dim(a.rank() - 1)), List.of(inner), all);
        }
      }
      case "onnx.Gemm" -> {
        Dim left = node.input(0).shape().dim(node.intAttr("transA", 0) == 1 ? 0 : 1);
        Dim right = node.input(1).shape().dim(node.intAttr("transB", 0) == 1 ? 1 : 0);
        same(List.of(left), List.of(right), all);
      }
      case "onnx.Concat" -> concat(node, all);
      case "onnx.Add", "onnx.Sub", "onnx.Mul", "onnx.Div", "onnx.Max", "onnx.Min" ->
          broadcast(node, all);
      default -> {}
    }
  }

  private static void same(List<Dim> a, List<Dim> b, Set<ShapeConstraint> all) {
    List<Dim> both = new ArrayList<>(a);
    both.addAll(b);
    if (!a.equals(b) && both.stream().anyMatch(Dim::isSymbolic)) {
      all.add(new SameProduct(a, b));
    }
  }

  private static void concat(Node node, Set<ShapeConstraint> all) {
    Shape first = node.input(0).shape();
    long axis = node.intAttr("axis", 0);
    axis = axis < 0 ? axis + first.rank() : axis;
    for (Value input : node.inputs()) {
      for (int i = 0; i < Math.min(first.rank(), input.shape().rank()); i++) {
        if (i != axis) {
          same(List.of(first.dim(i)), List.of(input.shape().dim(i)), all);
        }
      }
    }
  }

  private static void broadcast(Node node, Set<ShapeConstraint> all) {
    if (node.inputs().size() != 2) {
      return;
    }
    Shape a = node.input(0).shape();
    Shape b = node.input(1).shape();
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      Dim left = a.dim(a.rank() - i);
      Dim right = b.dim(b.rank() - i);
      if (!left.equals(right) && (left.isSymbolic() || right.isSymbolic())) {
        all.add(new Broadcast(left, right));
      }
    }
  }
}
