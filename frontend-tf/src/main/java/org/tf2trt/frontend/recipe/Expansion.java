// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.UnknownRankException;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.check.SchemaCheck;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.schema.AttrSpec;
import org.tf2trt.ir.schema.OpSchema;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.passes.build.OnnxBuilder;

/** Builds the nodes of one recipe for one node, and those of the recipes that it uses. */
final class Expansion {
  private final Recipe recipe;
  private final Map<String, Recipe> recipes;
  private final Map<String, Attr> attrs;
  private final OnnxBuilder build;
  private final Map<String, Value> values;

  private Expansion(
      Recipe recipe,
      Map<String, Recipe> recipes,
      Map<String, Attr> attrs,
      OnnxBuilder build,
      Map<String, Value> around) {
    this.recipe = recipe;
    this.recipes = recipes;
    this.attrs = attrs;
    this.build = build;
    this.values = new LinkedHashMap<>(around);
  }

  /**
   * The values of the recipe's outputs.
   *
   * @param given attributes, defaults not filled in
   * @param inputs as many as the recipe takes
   */
  static List<Value> of(
      Recipe recipe,
      Map<String, Recipe> recipes,
      Map<String, Attr> given,
      List<Value> inputs,
      OnnxBuilder build) {
    return new Expansion(recipe, recipes, Arguments.bind(recipe, given), build, Map.of())
        .run(recipe.block(), inputs);
  }

  private List<Value> run(Block block, List<Value> inputs) {
    for (int i = 0; i < block.inputs().size(); i++) {
      checked(block.inputs().get(i), inputs.get(i));
    }
    for (Step s : block.steps()) {
      List<Value> results = step(s);
      for (int i = 0; i < s.outputs().size(); i++) {
        values.put(s.outputs().get(i).text(), results.get(i));
      }
    }
    return block.outputs().stream().map(p -> checked(p, values.get(p.name()))).toList();
  }

  private Value checked(Port port, Value value) {
    if (port.refuses(value)) {
      String is = value.isPresent() ? value.type().toString() : "absent";
      throw port.at()
          .error("'%s' is %s, declared as %s".formatted(port.name(), is, port.type().get()));
    }
    values.put(port.name(), value);
    return value;
  }

  private List<Value> step(Step s) {
    try {
      Optional<Recipe> called = Linker.called(s, recipes);
      List<Value> inputs = new ArrayList<>();
      s.inputs()
          .forEach(n -> inputs.add(n.isEmpty() ? OnnxBuilder.absent() : values.get(n.text())));
      return called.isPresent()
          ? of(called.get(), recipes, resolve(s), inputs, build)
          : standard(s, inputs);
    } catch (DiagnosticException e) {
      throw located(s, e);
    } catch (UnknownRankException e) {
      throw DiagnosticException.of(
          Code.UNSUPPORTED_FORM,
          "",
          "recipe %s: the rank of an input of %s is not known".formatted(s.at(), s.op()),
          "give the shapes of the model's inputs with --shape");
    } catch (RuntimeException e) {
      // Shape functions and kernels rely on what a well-formed model obeys.
      throw DiagnosticException.of(
          Code.BAD_RECIPE, "", "recipe %s: %s: %s".formatted(s.at(), s.op(), e.getMessage()), "");
    }
  }

  /** The same findings, with the place in the recipe; the innermost recipe says it first. */
  private static DiagnosticException located(Step s, DiagnosticException e) {
    List<Diagnostic> located = new ArrayList<>();
    for (Diagnostic d : e.diagnostics()) {
      String at = d.code() == Code.BAD_RECIPE && !d.subject().isEmpty() ? d.subject() : "" + s.at();
      String message =
          d.message().startsWith("recipe ")
              ? d.message()
              : "recipe %s: %s: %s".formatted(at, s.op(), d.message());
      located.add(new Diagnostic(d.severity(), d.code(), "", message, d.nextStep()));
    }
    return new DiagnosticException(located);
  }

  /**
   * The attributes of a step but for graphs; one that refers to an optional attribute without value
   * is left out.
   */
  private Map<String, Attr> resolve(Step s) {
    Map<String, Attr> resolved = new LinkedHashMap<>();
    s.arguments()
        .forEach(
            (name, argument) -> {
              if (argument instanceof Argument.Reference ref) {
                resolved.put(name, attrs.get(ref.parameter()));
              } else if (argument instanceof Argument.Given given) {
                resolved.put(name, given.value());
              }
            });
    return resolved;
  }

  private List<Value> standard(Step s, List<Value> inputs) {
    Map<String, Attr> given = new LinkedHashMap<>();
    OpSchema schema = Schemas.onnx(s.op(), recipe.opset()).orElseThrow();
    resolve(s)
        .forEach(
            (name, value) -> {
              AttrSpec spec = schema.attr(name).orElseThrow();
              given.put(name, StandardOps.value(s.op(), spec, value, s.arguments().get(name).at()));
            });
    return switch (s.op()) {
      case "Constant" -> List.of(build.constant(Constants.of(s, given)));
      case "Identity" -> inputs;
      case "CastLike" -> List.of(build.cast(inputs.get(0), inputs.get(1).dtype()));
      default -> {
        Map<String, Attr> now =
            OldForms.upgrade(
                s.op(), recipe.opset(), given, inputs, s.outputs().size(), build::ints);
        ElementTypes.check(Schemas.onnx(s.op(), SchemaCheck.OPSET).orElseThrow(), inputs);
        yield s.graphs().isEmpty()
            ? build.ops(s.op(), s.outputs().size(), now, inputs, List.of())
            : new ControlFlow(s, build, this::inner).build(now, inputs);
      }
    };
  }

  /** A graph of a step sees the values above the step. */
  private List<Value> inner(Block block, List<Value> inputs, OnnxBuilder into) {
    return new Expansion(recipe, recipes, attrs, into, values).run(block, inputs);
  }
}
