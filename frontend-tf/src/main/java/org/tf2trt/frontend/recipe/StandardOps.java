// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.schema.AttrKind;
import org.tf2trt.ir.schema.AttrSpec;
import org.tf2trt.ir.schema.OpSchema;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.ir.schema.Trait;
import org.tf2trt.passes.infer.Inference;

/** Checks a step that is a standard op against the op's schema. */
final class StandardOps {
  /** Attributes that number an element type, where the IR and our text name it. */
  private static final Set<String> DTYPES =
      Set.of("to", "dtype", "output_dtype", "output_datatype");

  private static final Inference INFERENCE = new Inference();

  private StandardOps() {}

  static void check(Step s, Recipe r, Consumer<DiagnosticException> found) {
    try {
      checked(s, r, found);
    } catch (DiagnosticException e) {
      found.accept(e);
    }
  }

  private static void checked(Step s, Recipe r, Consumer<DiagnosticException> found) {
    boolean foreign = !s.domain().isEmpty() && !s.domain().equals("ai.onnx");
    List<OpSchema> versions = foreign ? List.of() : Schemas.onnxVersions(s.op());
    if (versions.isEmpty()) {
      String name = foreign ? s.domain() + "." + s.op() : s.op();
      throw s.at()
          .error(
              "'" + name + "' is neither a standard op nor a recipe",
              "a recipe for it may come from a further --recipe");
    }
    OpSchema schema =
        Schemas.onnx(s.op(), r.opset())
            .filter(o -> !o.has(Trait.DEPRECATED))
            .orElseThrow(() -> missing(s, r, versions));
    if (OldForms.refuses(s.op(), r.opset())) {
      throw s.at()
          .error(s.op() + " changed after opset " + r.opset(), "write its form of opset 21");
    }
    if (!INFERENCE.knows("onnx." + s.op())) {
      throw s.at().error("recipes cannot use " + s.op(), "give the op a lowering in Java instead");
    }
    count(s, "inputs", s.inputs().size(), schema.minInputs(), schema.maxInputs());
    count(s, "results", s.outputs().size(), Math.max(1, schema.minOutputs()), schema.maxOutputs());
    s.arguments().forEach((name, argument) -> argument(s, r, schema, name, argument));
    for (AttrSpec a : schema.attrs()) {
      if (a.required() && !s.arguments().containsKey(a.name())) {
        throw s.at().error(s.op() + " needs attribute '" + a.name() + "'");
      }
    }
    ControlSteps.check(s, found);
  }

  private static DiagnosticException missing(Step s, Recipe r, List<OpSchema> versions) {
    int since = versions.get(0).sinceVersion();
    return since > r.opset()
        ? s.at()
            .error(
                "%s exists from opset %d on, the recipe is for %d"
                    .formatted(s.op(), since, r.opset()),
                "change its opset_import")
        : s.at().error(s.op() + " was withdrawn from ONNX");
  }

  private static void count(Step s, String what, int given, int min, int max) {
    if (given < min || given > max) {
      String expected =
          min == max ? "" + min : max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max;
      throw s.at().error("%s has %d %s, expected %s".formatted(s.op(), given, what, expected));
    }
  }

  private static void argument(Step s, Recipe r, OpSchema schema, String name, Argument argument) {
    Optional<AttrSpec> spec = schema.attr(name);
    if (spec.isEmpty()) {
      throw argument
          .at()
          .error(
              "%s has no attribute '%s' at opset %d".formatted(s.op(), name, r.opset()),
              hint(s, name));
    }
    boolean graph = argument instanceof Argument.Graph;
    if (graph != (spec.get().kind() == AttrKind.GRAPH)) {
      throw argument
          .at()
          .error(
              "attribute '%s' of %s is %s, expected %s"
                  .formatted(
                      name, s.op(), graph ? "a graph" : "no graph", spec.get().kind().text()));
    }
    if (argument instanceof Argument.Given g) {
      value(s.op(), spec.get(), g.value(), g.at());
    }
  }

  private static String hint(Step s, String name) {
    boolean input =
        Schemas.onnx(s.op(), 21).stream()
            .flatMap(o -> o.inputs().stream())
            .anyMatch(f -> f.name().equals(name));
    boolean once = Schemas.onnxVersions(s.op()).stream().anyMatch(o -> o.attr(name).isPresent());
    return once
        ? (input ? "it is an input now; or " : "")
            + "say which opset the recipe is written in, as <opset_import: [\"\" : 17]>"
        : "";
  }

  /** The value as the op takes it; throws at {@code at} when it does not fit. */
  static Attr value(String op, AttrSpec spec, Attr value, At at) {
    AttrKind kind = DTYPES.contains(spec.name()) ? AttrKind.TYPE : spec.kind();
    return Kinds.as(kind, value)
        .orElseThrow(
            () ->
                at.error(
                    "attribute '%s' of %s is %s, expected %s"
                        .formatted(spec.name(), op, value.text(), kind.text())));
  }
}
