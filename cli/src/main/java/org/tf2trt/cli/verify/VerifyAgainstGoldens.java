// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.check.OnnxChecker;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Severity;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.compare.Numbers;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;
import org.tf2trt.verify.run.StatefulRunner;

/** Compares what ONNX Runtime computes with arrays. */
public final class VerifyAgainstGoldens {
  private final Path model;
  private final Optional<Path> initialState;
  private final Expectation expectation;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param model an ONNX file
   * @param initialState what the first call takes, for a model with state
   * @param expectation what outputs may be off by, before what low precision allows
   */
  public VerifyAgainstGoldens(
      Path model,
      Optional<Path> initialState,
      Expectation expectation,
      PrintWriter out,
      PrintWriter err) {
    this.model = model;
    this.initialState = initialState;
    this.expectation = expectation;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs it and prints the result.
   *
   * @param files with inputs and outputs
   * @param seed instead of files: compares ONNX Runtime's optimised run with its plain one
   * @param report a file for the JSON; null for none
   * @return whether the outputs are within tolerance
   */
  public boolean run(List<Path> files, OptionalLong seed, boolean json, Path report) {
    List<Diagnostic> invalid =
        OnnxChecker.check(model).stream().filter(d -> d.severity() == Severity.ERROR).toList();
    if (!invalid.isEmpty()) {
      throw new DiagnosticException(invalid);
    }
    List<Golden> goldens =
        seed.isPresent()
            ? List.of(GoldenData.generated(model, seed.getAsLong()))
            : GoldenData.read(files);
    ModelNotes notes = ModelNotes.of(model);
    double floor = Tolerances.floor(OnnxReader.read(model).graph(), !notes.steps().isEmpty());
    Expectation allowed = floor > 0 ? expectation.withFloor(floor) : expectation;
    allowed = notes.steps().isEmpty() ? allowed : allowed.withSteps(notes.steps());
    expectation.requireOutputs(goldens);
    ModelNotes.Calls calls = notes.calls(goldens, List.of(), initialState);
    Comparison optimised = compare(OrtRunner.Optimisation.ALL, calls, allowed);
    Comparison comparison =
        seed.isPresent() ? optimised : compare(OrtRunner.Optimisation.NONE, calls, allowed);
    ObjectNode result = json(comparison, optimised);
    if (report != null) {
      JsonFiles.write(result, report);
    }
    if (json) {
      out.print(JsonFiles.text(result));
    } else {
      out.print(comparison.table());
      out.printf("  tightest tolerance that passes: %s%n", Numbers.text(comparison.floatError()));
    }
    out.flush();
    complain(comparison, optimised);
    if (!json && comparison.passed()) {
      out.println("equal within tolerance");
      out.flush();
    }
    return comparison.passed();
  }

  private Comparison compare(
      OrtRunner.Optimisation optimisation, ModelNotes.Calls calls, Expectation allowed) {
    Comparison all = Comparison.EMPTY;
    try (ModelRunner runner =
        StatefulRunner.showing(OrtRunner.open(model, optimisation), calls.state())) {
      for (Golden golden : calls.goldens()) {
        all = all.and(GoldenCheck.check(runner, golden, allowed));
      }
    }
    return all;
  }

  private void complain(Comparison comparison, Comparison optimised) {
    comparison.problems().forEach(p -> err.println("error[" + Code.ACCURACY.id() + "] " + p));
    if (comparison.passed() && !optimised.passed()) {
      err.println(
          "warning[%s] with ONNX Runtime's own optimisations on, the outputs are wrong: %s"
              .formatted(Code.ACCURACY.id(), optimised.problems().get(0)));
    }
    err.flush();
  }

  private ObjectNode json(Comparison comparison, Comparison optimised) {
    ObjectNode root = JsonFiles.object();
    root.put("model", model.toString());
    root.put("passed", comparison.passed());
    root.put("error", comparison.error());
    root.put("required_tolerance", comparison.floatError());
    root.put("error_with_runtime_optimisations", optimised.error());
    ArrayNode outputs = root.putArray("outputs");
    comparison.outputs().forEach(o -> JsonFiles.put(outputs.addObject(), o));
    return root;
  }
}
