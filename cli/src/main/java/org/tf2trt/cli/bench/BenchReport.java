// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import org.tf2trt.cli.engine.ByteSize;
import org.tf2trt.cli.engine.LoadedPlan;
import org.tf2trt.cli.json.JsonFiles;

/** A measurement for people and for machines. */
public final class BenchReport {
  private final LoadedPlan plan;
  private final BenchInputs inputs;
  private final BenchResult result;

  public BenchReport(LoadedPlan plan, BenchInputs inputs, BenchResult result) {
    this.plan = plan;
    this.inputs = inputs;
    this.result = result;
  }

  /** A table of percentiles and some lines. */
  public String text() {
    StringBuilder text = new StringBuilder();
    line(text, "%s, batch %d, %s", plan.path(), result.batch(), how());
    line(
        text,
        "  %-22s %9s %9s %9s %9s %9s %9s",
        "microseconds of GPU",
        "median",
        "90 %",
        "99 %",
        "mean",
        "least",
        "most");
    row(text, "run", result.run());
    result.withCopies().ifPresent(p -> row(text, "run with copies", p));
    row(text, "copy inputs", result.upload());
    row(text, "copy outputs", result.download());
    line(
        text,
        "  %.1f runs per second, %.1f samples per second",
        result.runsPerSecond(),
        result.runsPerSecond() * result.batch());
    BenchResult.Memory m = result.memory();
    line(
        text,
        "  engine %s, each context %s, inputs and outputs %s on the GPU and %s pinned",
        ByteSize.text(m.plan()),
        ByteSize.text(m.context()),
        ByteSize.text(m.buffers()),
        ByteSize.text(m.pinned()));
    line(text, "  %s", result.stability().text());
    result.notes().forEach(n -> line(text, "  note: %s", n));
    return text.toString();
  }

  private String how() {
    return String.format(
        Locale.ROOT,
        "%d iterations%s, %s, after %d to warm up",
        result.iterations(),
        result.streams() == 1 ? "" : " on each of " + result.streams() + " streams",
        result.graph() ? "CUDA graph" : "no CUDA graph",
        result.warmUp().runs());
  }

  private static void row(StringBuilder text, String name, Percentiles p) {
    line(
        text,
        "  %-22s %9.1f %9.1f %9.1f %9.1f %9.1f %9.1f",
        name,
        p.p50(),
        p.p90(),
        p.p99(),
        p.mean(),
        p.min(),
        p.max());
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append(System.lineSeparator());
  }

  /** All numbers. */
  public ObjectNode json() {
    ObjectNode root = JsonFiles.object();
    root.put("plan", plan.path().toString());
    plan.sidecar()
        .ifPresent(
            s -> {
              root.put("tensorrt", s.tensorrt());
              root.put("gpu", s.gpu().name());
              root.put("precision", s.precision());
            });
    ObjectNode shapes = root.putObject("shapes");
    inputs.shapes().forEach((name, s) -> Arrays.stream(s).forEach(shapes.putArray(name)::add));
    root.put("batch", result.batch());
    root.put("iterations", result.iterations());
    root.put("streams", result.streams());
    root.put("cuda_graph", result.graph());
    root.put("warm_up_runs", result.warmUp().runs());
    put(root.putObject("gpu_us"), result.run());
    result.withCopies().ifPresent(p -> put(root.putObject("gpu_with_copies_us"), p));
    put(root.putObject("copy_inputs_us"), result.upload());
    put(root.putObject("copy_outputs_us"), result.download());
    root.put("runs_per_second", result.runsPerSecond());
    root.put("samples_per_second", result.runsPerSecond() * result.batch());
    root.put("stable", result.stability().isStable());
    root.put("drift", result.stability().drift());
    root.put("spread", result.stability().spread());
    ObjectNode memory = root.putObject("bytes");
    memory.put("plan", result.memory().plan());
    memory.put("context", result.memory().context());
    memory.put("buffers", result.memory().buffers());
    memory.put("pinned", result.memory().pinned());
    result.notes().forEach(root.putArray("notes")::add);
    return root;
  }

  private static void put(ObjectNode node, Percentiles p) {
    node.put("p50", p.p50());
    node.put("p90", p.p90());
    node.put("p95", p.p95());
    node.put("p99", p.p99());
    node.put("mean", p.mean());
    node.put("deviation", p.deviation());
    node.put("min", p.min());
    node.put("max", p.max());
  }
}
