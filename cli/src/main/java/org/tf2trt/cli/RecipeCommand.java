// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.frontend.recipe.Recipes;
import org.tf2trt.frontend.recipe.SelfCheck;
import org.tf2trt.verify.run.OrtRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tf2trt recipe}. */
@Command(
    name = "recipe",
    description =
        "Read recipes of custom ops and run their checks, in tf2trt's evaluator and in ONNX"
            + " Runtime.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  tf2trt recipe my_ops.txt", ""})
final class RecipeCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files of recipes, which may use each other's; see docs/custom-ops.md.")
  private List<Path> files;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Recipes recipes = Recipes.read(files);
    recipes.ops().forEach(op -> out.println(op + "  " + recipes.place(op)));
    for (SelfCheck check : recipes.checks()) {
      check.run();
      runInOnnxRuntime(check);
      out.println("check of " + check.op() + " at " + check.place() + ": ok");
    }
    if (recipes.checks().isEmpty()) {
      out.println("no checks");
    }
    out.flush();
    return ExitCode.OK;
  }

  private static void runInOnnxRuntime(SelfCheck check) throws IOException {
    Path folder = Files.createTempDirectory("tf2trt-recipe");
    Path onnx = folder.resolve("recipe.onnx");
    try {
      // The forms of the newest opset: a recipe may use any op that ONNX has.
      OnnxWriter.write(check.graph(), EmitOptions.DEFAULT.withOpset(EmitOptions.MAX_OPSET), onnx);
      try (OrtRunner runner = OrtRunner.open(onnx)) {
        check.compare(runner.run(check.inputs()), "ONNX Runtime");
      }
    } finally {
      Files.deleteIfExists(onnx);
      Files.deleteIfExists(folder);
    }
  }
}
