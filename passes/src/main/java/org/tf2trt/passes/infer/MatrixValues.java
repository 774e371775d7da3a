// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;

/**
 * Contents on the way through a matrix, such as paddings that are stacked from pairs and read as a
 * vector again. They are in C order.
 */
final class MatrixValues {
  /** Those whose function for vectors holds for matrices: all that keep the order of elements. */
  private static final Set<String> AS_VECTORS =
      Set.of(
          "onnx.Identity",
          "onnx.Reshape",
          "onnx.Squeeze",
          "onnx.Unsqueeze",
          "onnx.Flatten",
          "onnx.Cast",
          "onnx.Add",
          "onnx.Sub",
          "onnx.Mul",
          "onnx.Div",
          "onnx.Mod",
          "onnx.Max",
          "onnx.Min",
          "onnx.Neg");

  private MatrixValues() {}

  static boolean isMatrix(Value v) {
    Shape s = v.isPresent() ? v.shape() : Shape.UNRANKED;
    return s.hasRank(2) && s.isStatic() && s.dim(0).times(s.dim(1)).size() <= Values.MAX_ELEMENTS;
  }

  /** The function of a node with a matrix among its inputs, or that makes one; null for none. */
  static ValueFunction find(String op) {
    return switch (op) {
      case "onnx.Transpose" -> MatrixValues::transpose;
      case "onnx.Concat" -> MatrixValues::concat;
      case "onnx.Pad" -> MatrixValues::pad;
      default -> AS_VECTORS.contains(op) ? ValueFunctions.find(op) : null;
    };
  }

  private static Optional<List<Dim>> transpose(ValueCall c) {
    int rows = size(c.shape(0), 0);
    int columns = size(c.shape(0), 1);
    boolean swaps = c.node().intsAttr("perm", 1, 0)[0] == 1;
    return c.values(0)
        .filter(v -> v.size() == rows * columns)
        .map(
            v -> {
              List<Dim> out = new ArrayList<>();
              for (int i = 0; i < v.size(); i++) {
                out.add(v.get(swaps ? i % rows * columns + i / rows : i));
              }
              return out;
            });
  }

  private static Optional<List<Dim>> concat(ValueCall c) {
    long axis = c.node().intAttr("axis", 0);
    int runs = axis == 0 || axis == -2 ? 1 : size(c.asked().shape(), 0);
    List<List<Dim>> parts = new ArrayList<>();
    for (int i = 0; i < c.node().inputs().size(); i++) {
      Optional<List<Dim>> part = c.values(i);
      if (part.isEmpty() || part.get().size() % Math.max(1, runs) != 0) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    List<Dim> out = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      for (List<Dim> part : parts) {
        int width = part.size() / runs;
        out.addAll(part.subList(run * width, (run + 1) * width));
      }
    }
    return Optional.of(out);
  }

  /** Around a matrix, with a constant. */
  private static Optional<List<Dim>> pad(ValueCall c) {
    Optional<long[]> pads = c.longs(1);
    Optional<List<Dim>> from = c.values(0);
    Optional<List<Dim>> fill = c.has(2) ? c.values(2) : Optional.of(List.of(Dim.of(0)));
    boolean constant = c.node().stringAttr("mode", "constant").equals("constant");
    if (!constant || pads.isEmpty() || pads.get().length != 4 || c.has(3) || from.isEmpty()) {
      return Optional.empty();
    }
    int rows = size(c.asked().shape(), 0);
    int columns = size(c.asked().shape(), 1);
    Dim element = fill.map(f -> f.get(0)).orElse(Dim.UNKNOWN);
    List<Dim> out = new ArrayList<>(Collections.nCopies(rows * columns, element));
    int width = size(c.shape(0), 1);
    for (int i = 0; i < from.get().size(); i++) {
      long row = i / width + pads.get()[0];
      long column = i % width + pads.get()[1];
      if (row >= 0 && row < rows && column >= 0 && column < columns) {
        out.set((int) (row * columns + column), from.get().get(i));
      }
    }
    return Optional.of(out);
  }

  private static int size(Shape s, int axis) {
    return (int) s.dim(axis).size();
  }
}
