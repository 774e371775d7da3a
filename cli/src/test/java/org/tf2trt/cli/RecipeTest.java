// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.OnnxReader;

class RecipeTest {
  private static final Path MODEL = Path.of("../examples/custom-op-model");
  private static final Path RECIPE = Path.of("../examples/custom-op-recipe/my_ops.txt");

  @TempDir private Path folder;

  @Test
  void aModelWithACustomOpIsConverted() {
    Path onnx = folder.resolve("out.onnx");
    CommandRun without = CommandRun.of("convert", MODEL.resolve("model.pb"), "-o", onnx);
    assertEquals(1, without.code());
    assertTrue(without.err().contains("or give the op a recipe"), without.err());
    CommandRun run =
        CommandRun.of("convert", MODEL.resolve("model.pb"), "-o", onnx, "--recipe", RECIPE);
    assertEquals("", run.err());
    CommandRun verify = CommandRun.of("verify", onnx, "--golden", MODEL.resolve("io.npz"));
    assertEquals(0, verify.code(), verify.err());
    assertTrue(verify.out().contains("equal within tolerance"), verify.out());
  }

  @Test
  void aRecipeMayBranchAndLoop() throws IOException {
    Path recipe = folder.resolve("flow.txt");
    Files.writeString(
        recipe,
        """
        my_custom_op <alpha: float = 0.5> (x, scale) => (y) <int64 once = {1}>
        {
          a = Constant <value_float = @alpha> ()
          magnitude = Abs (x)
          largest = ReduceMax <keepdims = 0> (magnitude)
          any = Greater (largest, a)
          y = If (any) <
            then_branch = shrink () => (t) {
              above = Sub (magnitude, a)
              positive = Relu (above)
              sign = Sign (x)
              shrunk = Mul (sign, positive)
              t, steps = Loop (once, , shrunk) <
                body = times (int64 i, bool c, v) => (d, w, e) {
                  d = Identity (c)
                  w = Mul (v, scale)
                  e = Identity (i)
                }
              >
            },
            else_branch = nothing () => (n) { n = Sub (x, x) }
          >
        }
        check my_custom_op <alpha = 0.25> (float[2] x = {1, -0.5}, float[2] scale = {1, 2})
          => (float[2] y = {0.75, -0.5})
        check my_custom_op <alpha = 2> (float[2] x = {1, -0.5}, float[2] scale = {1, 2})
          => (float[2] y = {0, 0})

        # The sum of the numbers so far, row by row.
        sums (x) => (last, all) <float[2] zero = {0, 0}>
        {
          last, all = Scan (zero, x) <num_scan_inputs = 1,
            body = add (s, row) => (next, copy) { next = Add (s, row) copy = Identity (next) }>
        }
        check sums (float[2, 2] x = {1, 2, 3, 4})
          => (float[2] last = {4, 6}, float[2, 2] all = {1, 2, 4, 6})
        """);
    CommandRun checks = CommandRun.of("recipe", recipe);
    assertEquals("", checks.err());
    assertEquals(3, checks.out().lines().filter(l -> l.endsWith(": ok")).count(), checks.out());
    Path onnx = folder.resolve("out.onnx");
    CommandRun run =
        CommandRun.of("convert", MODEL.resolve("model.pb"), "-o", onnx, "--recipe", recipe);
    assertEquals("", run.err());
    assertTrue(OnnxReader.read(onnx).graph().nodes().stream().anyMatch(n -> n.is("onnx.If")));
    CommandRun verify = CommandRun.of("verify", onnx, "--golden", MODEL.resolve("io.npz"));
    assertEquals(0, verify.code(), verify.err());
  }

  @Test
  void theRecipesOfTheGuideHold() throws IOException {
    String guide = Files.readString(Path.of("../docs/custom-ops.md"));
    Path recipes = folder.resolve("guide.txt");
    Files.writeString(
        recipes,
        Pattern.compile("(?ms)^```\\n(.*?)^```")
            .matcher(guide)
            .results()
            .map(m -> m.group(1))
            .filter(text -> text.contains("check "))
            .collect(Collectors.joining()));
    CommandRun run = CommandRun.of("recipe", recipes);
    assertEquals("", run.err());
    assertEquals(3, run.out().lines().filter(l -> l.endsWith(": ok")).count(), run.out());
  }

  @Test
  void inspectTakesRecipes() {
    CommandRun run = CommandRun.of("inspect", MODEL.resolve("model.pb"), "--recipe", RECIPE);
    assertTrue(run.out().contains("every op is supported"), run.out());
  }

  @Test
  void aCheckThatFailsStopsTheConversion() throws IOException {
    Path recipe = folder.resolve("bad.txt");
    Files.writeString(
        recipe, "F (x) => (y) { y = Neg (x) }\ncheck F (float x = {1}) => (float y = {1})\n");
    Path onnx = folder.resolve("out.onnx");
    CommandRun run =
        CommandRun.of("convert", MODEL.resolve("model.pb"), "-o", onnx, "--recipe", recipe);
    assertEquals(1, run.code());
    assertTrue(run.err().startsWith("error[TF071] " + recipe + ":2:7: F: 'y' is"), run.err());
    assertFalse(Files.exists(onnx));
  }

  @Test
  void checksRunInOnnxRuntimeToo() {
    CommandRun run = CommandRun.of("recipe", RECIPE);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("check of my_custom_op at " + RECIPE + ":12:7: ok"), run.out());
  }
}
