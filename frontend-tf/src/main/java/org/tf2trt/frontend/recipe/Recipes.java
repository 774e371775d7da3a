// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.frontend.lower.Lowering;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Recipes: TensorFlow ops expressed in standard ONNX ops, in ONNX's textual function syntax, for
 * example
 *
 * <pre>
 *   Swish <beta: float = 1.0> (x) => (y) {
 *     b = Constant <value_float = @beta> ()
 *     c = CastLike (b, x)
 *     bx = Mul (x, c)
 *     s = Sigmoid (bx)
 *     y = Mul (x, s)
 *   }
 *   check Swish <beta = 2.0> (float[2] x = {0, 1}) => (float[2] y = {0, 0.880797})
 * </pre>
 *
 * <p>The name is that of the TensorFlow op, its attributes are those of the function, its inputs
 * the parameters, in TensorFlow's layout.
 */
public final class Recipes {
  /** No recipes. */
  public static final Recipes NONE = new Recipes(List.of(), List.of());

  private static final long MAX_BYTES = 16L << 20;

  private final Map<String, Recipe> recipes;
  private final List<SelfCheck> checks;

  private Recipes(List<Recipe> recipes, List<Example> examples) {
    this.recipes = Linker.link(recipes);
    this.checks = examples.stream().map(e -> new SelfCheck(e, this.recipes)).toList();
  }

  /**
   * Reads files, which may use each other's recipes.
   *
   * @throws DiagnosticException BAD_RECIPE with file, line and column of everything that is wrong
   */
  public static Recipes read(List<Path> files) {
    List<Parser> parsed = new ArrayList<>();
    files.forEach(f -> parsed.add(new Parser(f.toString(), text(f))));
    return of(parsed);
  }

  /** As {@link #read} for one text; errors call it {@code name}. */
  public static Recipes parse(String name, String text) {
    return of(List.of(new Parser(name, text)));
  }

  private static Recipes of(List<Parser> parsed) {
    List<Recipe> recipes = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    parsed.forEach(p -> recipes.addAll(p.recipes()));
    parsed.forEach(p -> examples.addAll(p.examples()));
    return new Recipes(recipes, examples);
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw bad(file, "is too large for a recipe", "");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw bad(file, "is no text in UTF-8", "");
    } catch (IOException e) {
      throw bad(file, "cannot be read", "check the path");
    }
  }

  private static DiagnosticException bad(Path file, String what, String next) {
    return DiagnosticException.of(Code.BAD_RECIPE, file.toString(), what, next);
  }

  /** The TensorFlow ops that have a recipe, in the order of the files. */
  public Set<String> ops() {
    return Collections.unmodifiableSet(recipes.keySet());
  }

  /** Where the recipe of an op stands, as {@code my_ops.txt:1:1}. */
  public String place(String op) {
    return recipes.get(op).at().toString();
  }

  /** The recipe of one of {@link #ops()} as a lowering. */
  public Lowering lowering(String op) {
    return new RecipeLowering(recipes.get(op), recipes);
  }

  /** The self-checks that the files hold, in order. */
  public List<SelfCheck> checks() {
    return checks;
  }
}
