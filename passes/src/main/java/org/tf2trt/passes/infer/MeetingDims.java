// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.ir.schema.Trait;

/** Dims of the inputs of a node that stand side by side: they are equal, or one of them is 1. */
final class MeetingDims {
  private static final int OPSET = 21;

  /** Two dims. */
  record Meeting(Dim a, Dim b) {}

  private final List<Meeting> found = new ArrayList<>();

  private MeetingDims() {}

  /**
   * Of one node.
   *
   * @param broadcasting whether dims that may broadcast count: of which one might be 1
   */
  static List<Meeting> of(Node n, boolean broadcasting) {
    MeetingDims dims = new MeetingDims();
    if (broadcasting && isElementwise(n)) {
      dims.aligned(n, 0);
    }
    if (broadcasting && n.is("onnx.MatMul")) {
      dims.aligned(n, 2);
    }
    switch (n.op()) {
      case "onnx.Concat" -> dims.joined(n, (int) n.intAttr("axis", 0));
      case "onnx.MatMul" -> dims.multiplied(n);
      case "onnx.Einsum" -> dims.lettered(n);
      case "onnx.GatherND" -> dims.batched(n, (int) n.intAttr("batch_dims", 0));
      case "onnx.NonMaxSuppression" -> dims.scored(n);
      case "onnx.Reshape" -> dims.reshaped(n);
      default -> {}
    }
    return dims.found;
  }

  private static boolean isElementwise(Node n) {
    return Schemas.onnx(n.op().substring(n.op().indexOf('.') + 1), OPSET)
        .filter(s -> s.has(Trait.ELEMENTWISE))
        .isPresent();
  }

  private static List<Shape> shapes(Node n) {
    return n.inputs().stream().filter(Value::isPresent).map(Value::shape).toList();
  }

  /** From the last dim but {@code skipped} on. */
  private void aligned(Node n, int skipped) {
    List<Shape> shapes = shapes(n);
    for (int i = 1; i < shapes.size(); i++) {
      for (int j = 0; j < i; j++) {
        Shape a = shapes.get(j);
        Shape b = shapes.get(i);
        int rank = a.isRanked() && b.isRanked() ? Math.min(a.rank(), b.rank()) : 0;
        for (int back = skipped + 1; back <= rank; back++) {
          add(a.dim(a.rank() - back), b.dim(b.rank() - back));
        }
      }
    }
  }

  private void joined(Node n, int axis) {
    List<Shape> shapes = shapes(n);
    for (int i = 1; i < shapes.size(); i++) {
      Shape a = shapes.get(0);
      Shape b = shapes.get(i);
      boolean fit = a.isRanked() && b.isRanked() && a.rank() == b.rank();
      for (int d = 0; fit && d < a.rank(); d++) {
        if (d != axis && d != axis + a.rank()) {
          add(a.dim(d), b.dim(d));
        }
      }
    }
  }

  private void multiplied(Node n) {
    Shape a = n.input(0).shape();
    Shape b = n.input(1).shape();
    if (a.isRanked() && b.isRanked() && a.rank() > 0 && b.rank() > 0) {
      add(a.dim(a.rank() - 1), b.dim(Math.max(0, b.rank() - 2)));
    }
  }

  private void lettered(Node n) {
    String left = n.stringAttr("equation", "").replace(" ", "").split("->", 2)[0];
    String[] terms = left.split(",", -1);
    TreeMap<Character, Dim> extents = new TreeMap<>();
    for (int i = 0; i < terms.length && i < n.inputs().size(); i++) {
      boolean plain = !terms[i].contains(".") && n.input(i).shape().hasRank(terms[i].length());
      for (int d = 0; plain && d < terms[i].length(); d++) {
        Dim before = extents.putIfAbsent(terms[i].charAt(d), n.input(i).shape().dim(d));
        if (before != null) {
          add(before, n.input(i).shape().dim(d));
        }
      }
    }
  }

  private void batched(Node n, int dims) {
    for (int d = 0; d < dims; d++) {
      if (n.inputs().stream().allMatch(v -> v.shape().isRanked())) {
        add(n.input(0).shape().dim(d), n.input(1).shape().dim(d));
      }
    }
  }

  /** Boxes {@code [images, boxes, 4]}, scores {@code [images, classes, boxes]}. */
  private void scored(Node n) {
    Shape boxes = n.input(0).shape();
    Shape scores = n.input(1).shape();
    if (boxes.hasRank(3) && scores.hasRank(3)) {
      add(boxes.dim(0), scores.dim(0));
      add(boxes.dim(1), scores.dim(2));
    }
  }

  /** To the batch of another input, with all other dims as they were. */
  private void reshaped(Node n) {
    Shape from = n.input(0).shape();
    Shape to = n.result().shape();
    if (from.isRanked() && to.isRanked() && from.rank() > 0 && to.rank() > 0) {
      Dim a = from.dim(0);
      Dim b = to.dim(0);
      Dim restA = Dims.product(from.dims().subList(1, from.rank()));
      Dim restB = Dims.product(to.dims().subList(1, to.rank()));
      if (!restA.isUnknown() && restA.equals(restB)) {
        add(a, b);
      }
    }
  }

  private void add(Dim a, Dim b) {
    if (a.isSymbolic() && b.isSymbolic() && !a.equals(b)) {
      found.add(new Meeting(a, b));
    }
  }
}
