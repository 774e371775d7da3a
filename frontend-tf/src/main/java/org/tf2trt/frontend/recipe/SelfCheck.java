// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.eval.Evaluator;
import org.tf2trt.passes.infer.Inference;

/** Inputs of a recipe and what it has to give for them. */
public final class SelfCheck {
  private final Example example;
  private final Map<String, Recipe> recipes;

  SelfCheck(Example example, Map<String, Recipe> recipes) {
    this.example = example;
    this.recipes = recipes;
    Recipe recipe = recipes.get(example.op());
    if (recipe == null) {
      throw example.at().error("there is no recipe for '" + example.op() + "'");
    }
    names("inputs", recipe.inputs(), example.inputs());
    names("outputs", recipe.outputs(), example.outputs());
  }

  private void names(String what, List<Port> ports, Map<String, TensorData> given) {
    List<String> wanted = ports.stream().map(Port::name).sorted().toList();
    if (!wanted.equals(given.keySet().stream().sorted().toList())) {
      throw example
          .at()
          .error("the check names %s %s, expected %s".formatted(what, given.keySet(), wanted));
    }
  }

  /** Where the check stands, as {@code my_ops.txt:8:7}. */
  public String place() {
    return example.at().toString();
  }

  public String op() {
    return example.op();
  }

  /** By the names of the recipe's inputs. */
  public Map<String, TensorData> inputs() {
    return example.inputs();
  }

  /**
   * The recipe alone as a graph, with its inputs as parameters and its outputs as outputs.
   *
   * @throws DiagnosticException when the recipe does not take these inputs or attributes
   */
  public Graph graph() {
    Recipe recipe = recipes.get(example.op());
    Graph graph = new Graph(example.op());
    List<Value> params =
        recipe.inputs().stream()
            .map(p -> (Value) graph.addParam(p.name(), example.inputs().get(p.name()).type()))
            .toList();
    Provenance provenance = new Provenance.Tf("", example.op());
    OnnxBuilder build = new OnnxBuilder(graph, null, provenance, new Inference(), created -> {});
    List<Value> results;
    try {
      results = Expansion.of(recipe, recipes, example.attrs(), params, build);
    } catch (DiagnosticException e) {
      throw failed(e.diagnostics().get(0).message());
    }
    for (int i = 0; i < results.size(); i++) {
      graph.addOutput(recipe.outputs().get(i).name(), results.get(i));
    }
    return graph;
  }

  /** Computes the recipe with tf2trt's evaluator; throws {@code RECIPE_CHECK} when it differs. */
  public void run() {
    Map<String, TensorData> actual;
    try {
      actual = Evaluator.evaluate(graph(), example.inputs());
    } catch (DiagnosticException e) {
      throw e.diagnostics().get(0).code() == Code.RECIPE_CHECK
          ? e
          : failed(e.diagnostics().get(0).text());
    }
    compare(actual, "tf2trt");
  }

  /**
   * Throws {@code RECIPE_CHECK} when an output differs from what the check says.
   *
   * @param actual by the names of the outputs
   * @param by what computed them, for the message
   */
  public void compare(Map<String, TensorData> actual, String by) {
    example.outputs().forEach((name, want) -> compare(name, want, actual.get(name), by));
  }

  private void compare(String name, TensorData want, TensorData got, String by) {
    if (!want.type().equals(got.type())) {
      throw failed("'%s' is %s in %s, expected %s".formatted(name, got.type(), by, want.type()));
    }
    boolean same =
        want.dtype().isFloat()
            ? Closeness.within(want.doubles(), got.doubles(), example.within())
            : want.text().equals(got.text());
    if (!same) {
      throw failed("'%s' is %s in %s, expected %s".formatted(name, got.text(), by, want.text()));
    }
  }

  private DiagnosticException failed(String message) {
    return DiagnosticException.of(
        Code.RECIPE_CHECK,
        example.at() + ": " + example.op(),
        message,
        "correct the recipe, or the check");
  }
}
