// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
