// SPDX-License-Identifier: Apache-2.0
package org.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.frontend.recipe.Recipes;
import org.tf2trt.frontend.recipe.SelfCheck;

class RecipesTest {
  private final Recipes recipes = Recipes.read(List.of(Path.of("my_ops.txt")));

  @Test
  void theOpHasARecipe() {
    assertEquals(Set.of("my_custom_op", "soft_shrink"), recipes.ops());
  }

  /** Evaluates each check of the file; throws with what came out where one fails. */
  @Test
  void theChecksHold() {
    assertEquals(1, recipes.checks().size());
    recipes.checks().forEach(SelfCheck::run);
  }
}
