// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.precision.PrecisionReport;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.TrtRunner;

/**
 * Whether an engine in low precision is as close to float32 as was asked for, on the inputs that
 * the conversion measured it on.
 */
public final class EngineAccuracy implements BuildRetry.Check<Conversion> {
  private final Path plan;
  private final Path onnx;
  private boolean unfit;

  /**
   * @param plan of the engine
   * @param onnx what it was built from; stripped engines get their weights from it
   */
  public EngineAccuracy(Path plan, Path onnx) {
    this.plan = plan;
    this.onnx = onnx;
  }

  /** What is wrong with it; empty for an engine in float32 and where nothing was measured. */
  @Override
  public Optional<String> problem(Conversion conversion) {
    Optional<PrecisionReport> report = conversion.precision();
    if (report.isEmpty() || report.get().evidence().samples().isEmpty()) {
      return Optional.empty();
    }
    try (ModelRunner runner = new TrtRunner(LoadedPlan.withWeightsOf(plan, onnx).engine())) {
      return problem(report.get(), runner);
    }
  }

  /** Says that the engine was not compared, where it was not. */
  public Optional<Diagnostic> note() {
    return unfit
        ? Optional.of(
            Diagnostic.warning(
                Code.ACCURACY,
                plan.toString(),
                "its profiles exclude the extents on which low precision was measured, so that the"
                    + " engine itself was not compared with float32",
                "give inputs that fit with --calibration"))
        : Optional.empty();
  }

  Optional<String> problem(PrecisionReport report, ModelRunner runner) {
    try {
      Comparison compared = report.evidence().compare(runner, report.bound());
      return compared.problems().stream().findFirst();
    } catch (DiagnosticException e) {
      if (e.diagnostics().get(0).code() == Code.BAD_DATA) {
        unfit = true;
        return Optional.empty();
      }
      throw e;
    }
  }
}
