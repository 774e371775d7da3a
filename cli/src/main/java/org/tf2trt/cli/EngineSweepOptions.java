// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tf2trt.backend.engine.BuildOptions;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.cli.engine.Engines;
import org.tf2trt.cli.engine.TensorRtEngines;
import org.tf2trt.cli.sweep.EngineConversions;
import org.tf2trt.cli.sweep.EngineSweep;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.ConvertRequest;
import org.tf2trt.convert.Converter;
import org.tf2trt.convert.precision.PrecisionReport;
import org.tf2trt.convert.precision.PrecisionRequest;
import org.tf2trt.frontend.lower.LoweringOptions;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.passes.precision.Precision;
import org.tf2trt.passes.trt.Target;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The part of {@code sweep} that builds engines and runs them. */
final class EngineSweepOptions {
  private static final Pattern PART = Pattern.compile("([0-9]{1,4})/([0-9]{1,4})");
  private static final List<String> PRECISIONS = List.of("fp32", "fp16", "bf16");

  @Option(
      names = "--engine",
      description =
          "Build an engine of every model in every precision, run it on the goldens, and compare it"
              + " with them and with ONNX Runtime. OUTDIR/NAME.PRECISION.json has the results.")
  private boolean engine;

  @Option(
      names = "--precisions",
      paramLabel = "P",
      split = ",",
      description = "With --engine: of fp32, fp16, bf16; default: all three.")
  private List<String> precisions = PRECISIONS;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "With --engine: how many inputs to make up for classifiers, to compare the classes that"
              + " the engine and the fp32 model name; default: 0.")
  private int samples;

  @Option(
      names = "--classes",
      paramLabel = "DIR",
      description =
          "With --engine: where the classes that fp32 models name are kept, NAME.classes.json;"
              + " default: OUTDIR.")
  private Path classes;

  @Mixin private TuningOptions tuning = new TuningOptions();

  @Option(
      names = "--part",
      paramLabel = "I/N",
      description = "With --engine: only every Nth model, from the Ith on; for N processes.")
  private String part = "1/1";

  @Option(
      names = "--resume",
      description =
          "With --engine: leave out what an earlier run finished; the engine that it ended with"
              + " counts as failed.")
  private boolean resume;

  @Option(names = "--keep-models", description = "With --engine: leave the ONNX files in OUTDIR.")
  private boolean keep;

  boolean asked() {
    return engine;
  }

  /** True when everything passed. */
  EngineSweep.End run(
      CommandLine command,
      Path folder,
      Path output,
      Pattern only,
      Path report,
      LoweringOptions lowering,
      boolean traces)
      throws IOException {
    Matcher share = PART.matcher(part);
    int own = share.matches() ? Integer.parseInt(share.group(1)) : 0;
    int of = share.matches() ? Integer.parseInt(share.group(2)) : 0;
    if (own < 1 || own > of) {
      throw new CommandLine.ParameterException(
          command, "--part " + part + ": expected I/N with I from 1 to N");
    }
    if (!PRECISIONS.containsAll(precisions) || samples < 0) {
      throw new CommandLine.ParameterException(
          command, "--precisions are of fp32, fp16, bf16; --samples from 0 on");
    }
    EngineSweep.Request request =
        new EngineSweep.Request(
            folder,
            output,
            only,
            own - 1,
            of,
            precisions,
            samples,
            Optional.ofNullable(classes).orElse(output),
            resume,
            keep,
            report);
    BuildOptions options = options(command);
    Target target = TensorRt.open().version().major() == 10 ? Target.TRT10 : Target.TRT11;
    try (Engines engines = new TensorRtEngines(options, tuning.timingCache())) {
      return new EngineSweep(request, command.getOut(), command.getErr())
          .run(engines, conversions(target, lowering), traces);
    }
  }

  private BuildOptions options(CommandLine command) {
    try {
      return BuildOptions.DEFAULT.edit().optimizationLevel(tuning.level()).build();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command, e.getMessage(), e);
    }
  }

  private static EngineConversions conversions(Target target, LoweringOptions lowering) {
    return (model, selection, shapes, demand, onnx) -> {
      Conversion done =
          Converter.convert(
              ConvertRequest.of(model, onnx)
                  .edit()
                  .selection(selection)
                  .shapes(shapes)
                  .target(target)
                  .lowering(lowering)
                  .precision(precision(demand))
                  .build());
      return new EngineConversions.Converted(
          done.warnings().stream().map(Diagnostic::text).toList(),
          done.precision().map(PrecisionReport::comparison).orElse(null),
          done.stepSizes(),
          done.state());
    };
  }

  private static PrecisionRequest precision(EngineConversions.Demand demand) {
    return PrecisionRequest.of(Precision.valueOf(demand.precision().toUpperCase(Locale.ROOT)))
        .on(demand.samples())
        .exclude(demand.choice().wide())
        .withShare(demand.choice().share());
  }
}
