// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.facts.Extents;
import org.tf2trt.passes.facts.GrowingState;
import org.tf2trt.passes.trt.rules.Trips;

/** Restrictions of TensorRT's parser that do not fit into a row of the table. */
final class NodeLimits {
  /** Element types of inputs and outputs of an engine. */
  static final Set<DType> PORT_TYPES =
      EnumSet.of(DType.F32, DType.F16, DType.BF16, DType.I32, DType.I64, DType.BOOL, DType.U8);

  private static final Set<DType> TYPES =
      EnumSet.of(DType.F32, DType.F16, DType.BF16, DType.I32, DType.I64, DType.BOOL);

  private NodeLimits() {}

  static Optional<String> against(Node node, TrtVersion version) {
    return switch (node.op()) {
      case "onnx.Cast" -> cast(node);
      case "onnx.Mod" -> mod(node);
      case "onnx.QuantizeLinear", "onnx.DequantizeLinear" -> QuantizationLimits.against(node);
      case "onnx.Resize" -> resize(node);
      case "onnx.Einsum" -> einsum(node);
      case "onnx.LRN" -> lrn(node);
      case "onnx.Loop" -> loop(node);
      case "onnx.If" -> branches(node).or(() -> results(node));
      case "onnx.Conv", "onnx.ConvTranspose" -> ConvLimits.against(node).or(() -> results(node));
      default -> results(node);
    };
  }

  private static Optional<String> results(Node node) {
    for (Value r : node.results()) {
      if (!r.isUnused() && !TYPES.contains(r.dtype())) {
        return Optional.of("its result is %s, which TensorRT lacks".formatted(r.dtype().text()));
      }
    }
    return Optional.empty();
  }

  /** u8 exists at inputs and outputs only, cast to and from f32 and f16. */
  private static Optional<String> cast(Node node) {
    DType from = node.input(0).dtype();
    DType to = node.result().dtype();
    if (from == DType.U8) {
      boolean ok = node.input(0) instanceof Value.Param && (to == DType.F32 || to == DType.F16);
      return ok ? Optional.empty() : Optional.of("u8 is cast to f32 or f16 at inputs only");
    }
    if (to == DType.U8) {
      boolean ok =
          (from == DType.F32 || from == DType.F16)
              && node.result().uses().stream().allMatch(Use.Output.class::isInstance);
      return ok ? Optional.empty() : Optional.of("u8 is cast from f32 or f16 at outputs only");
    }
    return results(node);
  }

  /** The parser takes any branches, and the builder those that give the same shapes. */
  private static Optional<String> branches(Node node) {
    for (int i = 0; i < node.results().size(); i++) {
      Shape a = node.bodies().get(0).outputs().get(i).shape();
      Shape b = node.bodies().get(1).outputs().get(i).shape();
      if (a.isRanked() && b.isRanked() && differ(a, b, Extents.decide(node.input(0)))) {
        return Optional.of("its branches give the shapes %s and %s".formatted(a, b));
      }
    }
    return Optional.empty();
  }

  /**
   * Extents that nothing is known of may be the same, but not those of what is found in data and of
   * nothing. Where extents choose the branch, the builder knows which it is, and open ones may
   * differ.
   */
  private static boolean differ(Shape a, Shape b, boolean extentsChoose) {
    if (a.rank() != b.rank()) {
      return true;
    }
    for (int i = 0; i < a.rank(); i++) {
      Dim x = a.dim(i);
      Dim y = b.dim(i);
      boolean unknown = x.isUnknown() || y.isUnknown();
      boolean empty = unknown && (x.is(0) || y.is(0));
      boolean open = x.isSymbolic() || y.isSymbolic();
      if (empty || !unknown && !x.equals(y) && !(open && extentsChoose)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> mod(Node node) {
    return node.result().dtype().isFloat() && node.intAttr("fmod", 0) == 0
        ? Optional.of("fmod is 0 for floats")
        : Optional.empty();
  }

  private static Optional<String> resize(Node node) {
    boolean cubic = node.stringAttr("mode", "nearest").equals("cubic");
    return cubic && node.input(0).shape().hasRank(5)
        ? Optional.of("cubic interpolation over three axes")
        : Optional.empty();
  }

  /** Diagonals and broadcasting are missing in 10.6; the importer spells out ellipses. */
  private static Optional<String> einsum(Node node) {
    String equation = node.stringAttr("equation", "");
    if (!equation.matches("[a-z,.> -]*")) {
      return Optional.of("its equation has letters other than a to z");
    }
    for (String term : equation.split("->")[0].split(",")) {
      String letters = term.replaceAll("[^a-z]", "");
      if (letters.chars().distinct().count() != letters.length()) {
        return Optional.of("its equation takes a diagonal");
      }
    }
    return Optional.empty();
  }

  /**
   * What an iteration leaves in a list is stored in a tensor as long as the trip count: the
   * importer takes a made-up length where there is none, and a loop that ends early leaves the rest
   * unset.
   */
  private static Optional<String> loop(Node node) {
    if (GrowingState.isIn(node)) { // the builder finds a circle
      return Optional.of("it hands on a value that grows with each iteration");
    }
    if (!Trips.collects(node)) {
      return results(node);
    }
    if (Trips.isUnbounded(node)) {
      return Optional.of("it collects values over a number of iterations that is not known");
    }
    return Trips.mayEndEarly(node)
        ? Optional.of("it collects values and may end before its trip count")
        : results(node);
  }

  /** addLRN of NvInfer.h: the window is odd and at most 15. */
  private static Optional<String> lrn(Node node) {
    long size = node.intAttr("size", 1);
    return size % 2 == 1 && size <= 15
        ? Optional.empty()
        : Optional.of("its window is %d, TensorRT takes odd ones up to 15".formatted(size));
  }
}
