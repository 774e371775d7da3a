// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.DimExpr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;

/**
 * Models often leave the channels of an input open although only one number can be right: a
 * convolution takes as many as its filter has. Open dims of inputs that a node asks for in this way
 * become known, and all types are inferred again. Nodes in bodies ask for nothing, because they may
 * never run.
 */
public final class InferInputDims implements Pass {
  @Override
  public String summary() {
    return "gives inputs the channels that weights ask for";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    boolean again = true;
    while (again) {
      again = false;
      for (Node n = graph.first(); n != null; n = n.next()) {
        for (Asked asked : asked(n)) {
          if (settle(graph, asked)) {
            context.count(name());
            again = true;
          }
        }
      }
      if (again) {
        InferShapes.run(graph, new Inference());
      }
    }
  }

  /** A dim of a value that has to be {@code extent}. */
  private record Asked(Value value, int axis, Dim extent) {}

  private static List<Asked> asked(Node n) {
    return switch (n.op()) {
      case "onnx.Conv" -> channels(n, dim(n, 1, 1).times(Dim.of(n.intAttr("group", 1))));
      case "onnx.ConvTranspose" -> channels(n, dim(n, 1, 0));
      case "onnx.BatchNormalization" -> channels(n, dim(n, 1, 0));
      case "onnx.MatMul" -> product(n);
      default -> List.of();
    };
  }

  private static List<Asked> channels(Node n, Dim extent) {
    return List.of(new Asked(n.input(0), 1, extent));
  }

  /** The rows of one operand are as long as the columns of the other. */
  private static List<Asked> product(Node n) {
    Shape a = n.input(0).shape();
    Shape b = n.input(1).shape();
    if (!a.isRanked() || !b.isRanked() || a.rank() < 2 || b.rank() < 2) {
      return List.of();
    }
    return List.of(
        new Asked(n.input(0), a.rank() - 1, b.dim(b.rank() - 2)),
        new Asked(n.input(1), b.rank() - 2, a.dim(a.rank() - 1)));
  }

  private static Dim dim(Node n, int input, int axis) {
    Shape s = n.input(input).shape();
    return s.isRanked() && axis < s.rank() ? s.dim(axis) : Dim.UNKNOWN;
  }

  private static boolean settle(Graph graph, Asked asked) {
    if (!asked.extent().isKnown()) {
      return false;
    }
    Optional<DimOrigin> origin =
        DimOrigin.of(new DimOrigin(asked.value(), asked.axis(), asked.extent().size()));
    if (origin.isEmpty() || !(origin.get().value() instanceof Value.Param param)) {
      return false;
    }
    int axis = origin.get().axis();
    Dim extent = Dim.of(origin.get().extent());
    Dim open = param.shape().dim(axis);
    if (open.isUnknown()) {
      param.refine(param.shape().with(axis, extent));
      return true;
    }
    if (!(open instanceof DimExpr symbol) || !symbol.isSymbol() || isShared(graph, symbol)) {
      return false;
    }
    PinShapes.substitute(graph, Map.of(symbol.toString(), extent));
    return true;
  }

  /** Two dims of one name are equal by convention only, which says nothing of the other one. */
  private static boolean isShared(Graph graph, DimExpr symbol) {
    long dims =
        graph.params().stream()
            .filter(p -> p.shape().isRanked())
            .flatMap(p -> p.shape().dims().stream())
            .filter(d -> d instanceof DimExpr e && e.symbols().contains(symbol.toString()))
            .count();
    return dims > 1;
  }
}
