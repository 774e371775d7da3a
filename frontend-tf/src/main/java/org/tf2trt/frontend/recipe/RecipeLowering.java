// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.List;
import java.util.Map;
import org.tf2trt.frontend.lower.Lowering;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.build.OnnxBuilder;

/** A recipe as a lowering. */
final class RecipeLowering implements Lowering {
  private final Recipe recipe;
  private final Map<String, Recipe> recipes;

  RecipeLowering(Recipe recipe, Map<String, Recipe> recipes) {
    this.recipe = recipe;
    this.recipes = recipes;
  }

  @Override
  public List<Value> lower(TfNode node, OnnxBuilder build) {
    require("inputs", node.inputCount(), recipe.inputs().size());
    if (node.outputCount() > recipe.outputs().size()) {
      require("outputs", node.outputCount(), recipe.outputs().size());
    }
    return Expansion.of(recipe, recipes, node.attrs(), node.inputs(), build);
  }

  private void require(String what, int has, int wants) {
    if (has != wants) {
      throw DiagnosticException.of(
          Code.BAD_RECIPE,
          "",
          "the node has %d %s, the recipe at %s has %d".formatted(has, what, recipe.at(), wants),
          "change the recipe");
    }
  }
}
