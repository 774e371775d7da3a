// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tf2trt.cli.sweep.SweepResult.Status;
import org.tf2trt.cli.verify.SweepAgainstTensorFlow;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.ConvertRequest;
import org.tf2trt.convert.Converter;
import org.tf2trt.frontend.lower.LoweringOptions;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Severity;
import org.tf2trt.passes.trt.Target;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.EngineTypes;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;
import org.tf2trt.verify.run.StatefulRunner;

/** Converts and checks one item after the other; none can stop the rest. */
final class SweepRunner {
  private final Path outputs;
  private final boolean verify;
  private final PrintWriter traces;
  private final Target target;
  private final LoweringOptions lowering;
  private final boolean tensorFlow;

  /**
   * @param outputs where the models go
   * @param target what the models are for
   * @param lowering what TensorFlow ops become where there is a choice
   * @param verify whether goldens are compared
   * @param tensorFlow whether TensorFlow is compared
   * @param traces gets stack traces of internal errors; null for none
   */
  SweepRunner(
      Path outputs,
      Target target,
      LoweringOptions lowering,
      boolean verify,
      boolean tensorFlow,
      PrintWriter traces) {
    this.outputs = outputs;
    this.target = target;
    this.lowering = lowering;
    this.verify = verify;
    this.tensorFlow = tensorFlow;
    this.traces = traces;
  }

  SweepResult run(SweepItem item) {
    long start = System.nanoTime();
    Attempt attempt = new Attempt(item);
    Status status;
    try {
      status = attempt.run();
    } catch (DiagnosticException e) {
      status = attempt.refused(e.diagnostics());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      attempt.messages.add("internal error: " + e);
      if (traces != null) {
        e.printStackTrace(traces);
      }
      status = Status.FAIL;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new SweepResult(
        item.name(),
        status,
        attempt.conversion,
        attempt.comparison,
        attempt.reference,
        seconds,
        attempt.messages);
  }

  /** A failure before there was an item, for example of its description. */
  static SweepResult failed(String name, DiagnosticException e) {
    List<String> messages = e.diagnostics().stream().map(Diagnostic::text).toList();
    return new SweepResult(name, Status.FAIL, null, null, null, 0, messages);
  }

  private final class Attempt {
    private final SweepItem item;
    private final List<String> messages = new ArrayList<>();
    private Conversion conversion;
    private Comparison comparison;
    private SweepAgainstTensorFlow.Result reference;

    Attempt(SweepItem item) {
      this.item = item;
    }

    Status run() {
      Path onnx = outputs.resolve(item.name() + ".onnx");
      Status done = convert(onnx);
      if (item.refuse()) {
        messages.add("it was converted, but has to be refused");
        return Status.FAIL;
      }
      if (verify) {
        compare(onnx);
      }
      List<String> problems = new ArrayList<>();
      if (comparison != null) {
        problems.addAll(comparison.problems());
      }
      if (tensorFlow) {
        reference =
            new SweepAgainstTensorFlow(item.model(), onnx, item.selection())
                .run(
                    item.goldens().get(),
                    item.expectation().withSteps(conversion.stepSizes()),
                    messages::add);
        problems.addAll(reference.allProblems());
      }
      if (done == Status.OK && !problems.isEmpty()) {
        problems.forEach(p -> messages.add("error[" + Code.ACCURACY.id() + "] " + p));
        return Status.FAIL;
      }
      return done;
    }

    /** What TensorRT is not expected to take is written and compared all the same. */
    private Status convert(Path onnx) {
      ConvertRequest request =
          ConvertRequest.of(item.model(), onnx)
              .edit()
              .selection(item.selection())
              .shapes(item.shapes())
              .target(target)
              .lowering(lowering)
              .build();
      try {
        conversion = Converter.convert(request);
        return Status.OK;
      } catch (DiagnosticException e) {
        List<Diagnostic> errors =
            e.diagnostics().stream().filter(d -> d.severity() == Severity.ERROR).toList();
        if (!errors.stream().allMatch(d -> d.code() == Code.NOT_FOR_TENSORRT)) {
          throw e;
        }
        errors.forEach(d -> messages.add(d.text()));
        conversion = Converter.convertUnchecked(request);
        return Status.NOT_FOR_TENSORRT;
      }
    }

    private void compare(Path onnx) {
      List<Golden> goldens = item.goldens().get();
      if (goldens.isEmpty()) {
        return;
      }
      Expectation expectation = item.expectation().withSteps(conversion.stepSizes());
      try (ModelRunner runner = StatefulRunner.of(OrtRunner.open(onnx), conversion.state())) {
        for (Golden golden : goldens) {
          Comparison one = GoldenCheck.check(runner, fitting(runner, golden), expectation);
          comparison = comparison == null ? one : comparison.and(one);
        }
      }
    }

    private Golden fitting(ModelRunner runner, Golden golden) {
      return target.isTensorRt()
          ? EngineTypes.fit(golden, runner.inputs(), runner.outputs())
          : golden;
    }

    Status refused(List<Diagnostic> diagnostics) {
      diagnostics.forEach(d -> messages.add(d.text()));
      boolean coded = diagnostics.stream().noneMatch(d -> d.code().internal());
      boolean expected =
          item.refuse()
              || diagnostics.stream()
                  .filter(d -> d.severity() == Severity.ERROR)
                  .allMatch(d -> item.refusable().contains(d.code()));
      return expected && conversion == null && coded ? Status.REFUSED : Status.FAIL;
    }
  }
}
