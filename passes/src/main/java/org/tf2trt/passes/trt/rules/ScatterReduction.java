// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * TensorRT's ScatterND overwrites only. Each row of the data reduces over the updates whose index
 * is its own; choosing instead of multiplying by 0 keeps infinities and NaN where they belong. Only
 * where the intermediate tensor is large, sums of floats become a matrix product.
 */
public final class ScatterReduction implements Rule {
  /** Elements of {@code [rows, updates, row]} up to which the updates are chosen one by one. */
  private static final long MAX_CHOSEN = 1L << 22;

  @Override
  public String algebra() {
    return "ScatterND<add>(x, i, u) -> x + ReduceSum over n of Where(i[n] == row, u[n], 0)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.ScatterND");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    String reduction = node.stringAttr("reduction", "none");
    Value data = node.input(0);
    Value indices = node.input(1);
    Value updates = node.input(2);
    OnnxBuilder b = context.build();
    if (reduction.equals("none")) {
      return node.attrs().containsKey("reduction")
          ? Outcome.replace(b.op("ScatterND", without(node.attrs()), data, indices, updates))
          : Outcome.decline("it overwrites");
    }
    int rank = indices.shape().isRanked() ? indices.shape().rank() : 0;
    if (rank == 0 || !data.shape().isRanked() || !indices.shape().dim(rank - 1).isKnown()) {
      return Outcome.decline("a rank is not known");
    }
    int depth = (int) indices.shape().dim(rank - 1).size();
    if (data.dtype() == DType.BOOL || depth == 0) {
      return Outcome.decline("it is of bool or has no indices");
    }
    FlatScatter flat = FlatScatter.of(b, data, indices, updates, depth);
    Optional<Value> reduced = reduce(b, reduction, flat, data.dtype());
    if (reduced.isEmpty()) {
      return Outcome.decline("its reduction is not known");
    }
    Value shaped = b.reshape(reduced.get(), b.shapeOf(data));
    return Outcome.replace(b.op(combination(reduction), data, shaped));
  }

  private static Map<String, Attr> without(Map<String, Attr> attrs) {
    Map<String, Attr> rest = new LinkedHashMap<>(attrs);
    rest.remove("reduction");
    return rest;
  }

  private static String combination(String reduction) {
    return switch (reduction) {
      case "add" -> "Add";
      case "mul" -> "Mul";
      case "max" -> "Max";
      default -> "Min";
    };
  }

  private static Optional<Value> reduce(
      OnnxBuilder b, String reduction, FlatScatter flat, DType type) {
    if (reduction.equals("add") && type.isFloat() && isLarge(flat)) {
      return Optional.of(b.op("MatMul", b.cast(flat.hits(), type), flat.updates()));
    }
    return switch (reduction) {
      case "add" -> Optional.of(chosen(b, flat, "ReduceSum", 0));
      case "mul" -> Optional.of(chosen(b, flat, "ReduceProd", 1));
      case "max" -> Optional.of(chosen(b, flat, "ReduceMax", lowest(type)));
      case "min" -> Optional.of(chosen(b, flat, "ReduceMin", highest(type)));
      default -> Optional.empty();
    };
  }

  private static boolean isLarge(FlatScatter flat) {
    Dim all = flat.hits().shape().elements().times(flat.updates().shape().dim(1));
    return !all.isKnown() || all.size() > MAX_CHOSEN;
  }

  private static Value chosen(OnnxBuilder b, FlatScatter flat, String op, double neutral) {
    Value u = flat.updates();
    Value each = b.where(b.unsqueeze(flat.hits(), 2), b.unsqueeze(u, 0), b.scalarLike(u, neutral));
    return b.reduce(op, each, false, 1);
  }

  private static double lowest(DType type) {
    return type.isFloat() ? Double.NEGATIVE_INFINITY : -Math.pow(2, 8.0 * type.bytes() - 1);
  }

  private static double highest(DType type) {
    return type.isFloat() ? Double.POSITIVE_INFINITY : Math.pow(2, 8.0 * type.bytes() - 1) - 1;
  }
}
