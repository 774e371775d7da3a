// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tf2trt.backend.engine.ExecutionContext;
import org.tf2trt.cli.bench.BenchInputs;
import org.tf2trt.cli.engine.LoadedPlan;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.cli.layers.InspectorJson;
import org.tf2trt.cli.layers.Layer;
import org.tf2trt.cli.layers.LayerTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tf2trt layers}. */
@Command(
    name = "layers",
    description =
        "List the layers of a TensorRT engine with their TensorFlow nodes, precision and format.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tf2trt layers my_model.plan",
      "  tf2trt layers my_model.plan --profile-layers --batch 8",
      ""
    })
final class LayersCommand implements Callable<Integer> {
  private static final int RUNS = 50;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private PlanParameter plan = new PlanParameter();

  @Option(
      names = "--profile-layers",
      description = "Run the engine and show the time of each layer; their sum is more than a run.")
  private boolean profile;

  @Option(names = "--batch", paramLabel = "N", description = "Batch to measure with.")
  private Long batch;

  @Option(names = "--inputs", paramLabel = "IO.npz", description = "Inputs to measure with.")
  private Path inputs;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  private boolean json;

  @Override
  public Integer call() {
    try (LoadedPlan loaded = plan.open()) {
      List<Layer> layers = InspectorJson.parse(loaded.engine().inspect(), plan.path().toString());
      LayerTable table = new LayerTable(layers, profile ? times(loaded) : Map.of());
      PrintWriter out = spec.commandLine().getOut();
      out.print(json ? JsonFiles.text(table.json()) : table.text());
      out.flush();
    }
    return ExitCode.OK;
  }

  private Map<String, Double> times(LoadedPlan loaded) {
    BenchInputs feeds =
        new BenchInputs(loaded.engine(), batch, Optional.ofNullable(inputs).map(RunCommand::read));
    Map<String, Double> times = new LinkedHashMap<>();
    try (ExecutionContext context = loaded.engine().newContext(feeds.profile())) {
      context.run(feeds.data());
      context.timeLayers(RUNS).forEach(t -> times.put(t.name(), t.microseconds()));
    }
    return times;
  }
}
