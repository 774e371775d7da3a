// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.DimExpr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.Stage;

/**
 * Gives inputs the shapes a user asks for: symbols are replaced throughout the graph, and all types
 * inferred again so that derived dims become known.
 */
public final class PinShapes implements Pass {
  /** A tensor of more elements than this is a slip of the keyboard. */
  private static final long MAX_ELEMENTS = 1L << 40;

  private final List<ShapeSpec> specs;

  public PinShapes(List<ShapeSpec> specs) {
    this.specs = List.copyOf(specs);
  }

  @Override
  public String summary() {
    return "fixes the shapes of inputs (--shape)";
  }

  /** Before lowering, so that lowerings see the shapes. */
  @Override
  public Stage requires() {
    return Stage.TF;
  }

  @Override
  public Stage ensures() {
    return Stage.TF;
  }

  @Override
  public void run(Graph graph, PassContext context) {
    pin(graph, specs);
  }

  /**
   * Works in any stage; nodes of ops without a shape function only have their symbols replaced.
   * Throws UNKNOWN_NAME for an input that does not exist, BAD_SHAPE for a rank or extent that
   * contradicts the model.
   */
  public static void pin(Graph graph, List<ShapeSpec> specs) {
    if (specs.isEmpty()) {
      return;
    }
    Map<String, Dim> symbols = new LinkedHashMap<>();
    for (ShapeSpec spec : specs) {
      bind(spec, find(graph, spec).shape(), symbols);
    }
    substitute(graph, symbols);
    for (ShapeSpec spec : specs) {
      Value.Param param = find(graph, spec);
      Shape asked = substitute(spec.shape(), symbols);
      param.refine(Dims.meet(param.shape(), asked).orElseThrow(() -> bad(spec, param.shape())));
      checkSize(spec, param.shape());
    }
    InferShapes.run(graph, new Inference());
  }

  private static Value.Param find(Graph graph, ShapeSpec spec) {
    return graph.params().stream()
        .filter(p -> p.name().equals(spec.input()))
        .findFirst()
        .orElseThrow(
            () ->
                DiagnosticException.of(
                    Code.UNKNOWN_NAME,
                    spec.input(),
                    "there is no such input",
                    "the inputs are "
                        + graph.params().stream()
                            .map(p -> p.name() + ": " + p.type())
                            .collect(Collectors.joining(", "))));
  }

  private static void bind(ShapeSpec spec, Shape declared, Map<String, Dim> symbols) {
    if (!declared.isRanked()) {
      return;
    }
    if (declared.rank() != spec.shape().rank()) {
      throw bad(spec, declared);
    }
    for (int i = 0; i < declared.rank(); i++) {
      Dim old = declared.dim(i);
      Dim asked = spec.shape().dim(i);
      if (old.isKnown() && asked.isKnown() && !old.equals(asked)) {
        throw bad(spec, declared);
      }
      if (old instanceof DimExpr e && e.isSymbol() && !asked.isUnknown() && !asked.equals(old)) {
        Dim before = symbols.putIfAbsent(old.toString(), asked);
        if (before != null && !before.equals(asked)) {
          throw DiagnosticException.of(
              Code.BAD_SHAPE,
              spec.input(),
              "dim " + old + " would be both " + before + " and " + asked,
              "it is one symbol of the model, so give it one extent");
        }
      }
    }
  }

  private static DiagnosticException bad(ShapeSpec spec, Shape declared) {
    return DiagnosticException.of(
        Code.BAD_SHAPE,
        spec.input(),
        "the shape " + spec.shape() + " does not fit the model's " + declared,
        "give as many dims, and change only those that are not numbers");
  }

  private static void checkSize(ShapeSpec spec, Shape shape) {
    Dim known =
        Dims.product(
            shape.isRanked() ? shape.dims().stream().filter(Dim::isKnown).toList() : List.of());
    if (known.isUnknown() || known.size() > MAX_ELEMENTS) {
      throw DiagnosticException.of(
          Code.BAD_SHAPE,
          spec.input(),
          "the shape " + shape + " is too large to exist in memory",
          "");
    }
  }

  /** Puts extents in the place of symbols, everywhere. */
  static void substitute(Graph g, Map<String, Dim> symbols) {
    g.params().forEach(p -> p.refine(substitute(p.shape(), symbols)));
    for (Node n = g.first(); n != null; n = n.next()) {
      n.results().forEach(r -> r.refine(substitute(r.shape(), symbols)));
      n.bodies().forEach(b -> substitute(b, symbols));
    }
  }

  private static Shape substitute(Shape s, Map<String, Dim> symbols) {
    if (!s.isRanked() || s.dims().stream().noneMatch(Dim::isSymbolic)) {
      return s;
    }
    List<Dim> dims = new ArrayList<>();
    s.dims().forEach(d -> dims.add(d.substitute(symbols)));
    return Shape.of(dims);
  }
}
