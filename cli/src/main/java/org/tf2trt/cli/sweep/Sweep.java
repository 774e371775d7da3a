// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.tf2trt.convert.OutputFolders;
import org.tf2trt.frontend.lower.LoweringOptions;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.trt.Target;

/** A whole sweep: finds models, runs them one by one, prints lines and a summary. */
public final class Sweep {
  private static final int MAX_WIDTH = 60;

  private final Path folder;
  private final Path output;
  private final Pattern only;
  private final Target target;
  private final LoweringOptions lowering;
  private final boolean verify;
  private final boolean tensorFlow;
  private final Path report;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param folder of the models
   * @param output folder to write to
   * @param only what a model's name has to contain
   * @param target what the models are for
   * @param lowering what TensorFlow ops become where there is a choice
   * @param verify whether goldens are compared
   * @param tensorFlow whether TensorFlow is compared
   * @param report JSON file to write; null for none
   * @param out gets one line for each model and the summary
   * @param err gets stack traces when asked for
   */
  public Sweep(
      Path folder,
      Path output,
      Pattern only,
      Target target,
      LoweringOptions lowering,
      boolean verify,
      boolean tensorFlow,
      Path report,
      PrintWriter out,
      PrintWriter err) {
    this.folder = folder;
    this.output = output;
    this.only = only;
    this.target = target;
    this.lowering = lowering;
    this.verify = verify;
    this.tensorFlow = tensorFlow;
    this.report = report;
    this.out = out;
    this.err = err;
  }

  /** True when everything passed. */
  public boolean run(boolean traces) throws IOException {
    List<FoundModel> models =
        FoundModel.under(folder).stream().filter(m -> only.matcher(m.name()).find()).toList();
    OutputFolders.check(output.resolve("model.onnx"));
    if (report != null) {
      OutputFolders.check(report);
    }
    int width = models.stream().mapToInt(m -> m.name().length()).max().orElse(0);
    SweepRunner runner =
        new SweepRunner(output, target, lowering, verify, tensorFlow, traces ? err : null);
    List<SweepResult> results = new ArrayList<>();
    Path scratch = Files.createTempDirectory("tf2trt-sweep");
    SweepPlan plan = new SweepPlan(scratch);
    try {
      for (FoundModel model : models) {
        for (SweepResult result : results(model, plan, runner)) {
          out.println(result.line(Math.min(width, MAX_WIDTH)));
          out.flush();
          results.add(result);
        }
        plan.clean();
      }
    } finally {
      plan.clean();
      Files.delete(scratch);
    }
    SweepSummary summary = new SweepSummary(results);
    out.print(summary.text());
    out.flush();
    if (report != null) {
      SweepJson.write(results, report);
    }
    return summary.passed();
  }

  private static List<SweepResult> results(FoundModel model, SweepPlan plan, SweepRunner runner) {
    try {
      List<SweepResult> results = new ArrayList<>();
      for (SweepItem item : plan.items(model)) {
        results.add(runner.run(item));
      }
      return results;
    } catch (DiagnosticException e) {
      return List.of(SweepRunner.failed(model.name(), e));
    }
  }
}
