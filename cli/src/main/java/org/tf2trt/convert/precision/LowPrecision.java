// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert.precision;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.PassRunner;
import org.tf2trt.passes.precision.AssignPrecision;
import org.tf2trt.passes.precision.IslandSearch;
import org.tf2trt.passes.precision.Precision;
import org.tf2trt.passes.precision.PrecisionOptions;
import org.tf2trt.passes.precision.PrecisionPlan;
import org.tf2trt.passes.precision.Ranges;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.precision.Evidence;
import org.tf2trt.verify.precision.ProbeRun;
import org.tf2trt.verify.precision.RangeRun;
import org.tf2trt.verify.precision.Samples;
import org.tf2trt.verify.run.Port;

/**
 * Puts low precision into a converted float32 graph: measures its values, chooses float32 islands
 * so that the outputs stay within the bound, and rewrites it.
 */
public final class LowPrecision {
  /** What islands aim at, as a part of the bound. */
  private static final double AIM = 0.6;

  /**
   * ONNX Runtime's own kernels for float16 round where they like; a graph that is wrong is further
   * off than this many times the bound.
   */
  private static final double MIXED = 5;

  /** How many choices are measured to rank nodes. */
  private static final int TRIALS = 32;

  private final Graph graph;
  private final PrecisionRequest request;
  private final PassContext context;
  private final int opset;

  private LowPrecision(Graph graph, PrecisionRequest request, PassContext context) {
    this.graph = graph;
    this.request = request;
    this.context = context;
    this.opset = context.opset();
  }

  /**
   * Rewrites the graph; empty when everything stays float32. An error of more than the bound that
   * no island mends becomes a warning.
   *
   * @param context of the conversion
   * @param runner to run the pass with
   */
  public static Optional<PrecisionReport> apply(
      Graph graph, PrecisionRequest request, PassContext context, PassRunner runner) {
    Precision io = IoTypeSpec.low(request.ioTypes());
    boolean computes = request.precision().isLow();
    if (computes && io.isLow() && io != request.precision()) {
      throw DiagnosticException.of(
          Code.UNSUPPORTED_DTYPE,
          "--io-type",
          "inputs and outputs of %s do not go with --precision %s"
              .formatted(io, request.precision()),
          "use one low type");
    }
    if (!computes && !io.isLow()) {
      return Optional.empty();
    }
    return Optional.of(
        new LowPrecision(graph, request, context).run(computes ? request.precision() : io, runner));
  }

  private PrecisionReport run(Precision low, PassRunner runner) {
    PrecisionOptions options =
        new PrecisionOptions(
            low,
            IoTypeSpec.resolve(request.ioTypes(), graph),
            request.precision().isLow() ? request.excluded() : everything());
    List<Map<String, TensorData>> samples = request.maxError() > 0 ? samples() : List.of();
    Ranges ranges = Ranges.NONE;
    try {
      ranges = samples.isEmpty() ? Ranges.NONE : RangeRun.measure(graph, opset, samples);
    } catch (DiagnosticException e) {
      requireGenerated(e);
      samples = List.of();
    }
    PrecisionPlan plan = PrecisionPlan.of(graph, options, ranges);
    if (samples.isEmpty() || plan.candidates().isEmpty()) {
      Set<Node> chosen = plan.solve(Set.of());
      Map<String, String> reasons = reasons(plan, Set.of());
      rewrite(plan, chosen, runner);
      int wide = plan.candidates().size() - chosen.size();
      return report(
          plan, chosen.size(), wide, reasons, Comparison.EMPTY, Comparison.EMPTY, 0, Evidence.NONE);
    }
    try (ProbeRun probe = ProbeRun.open(plan, opset, samples)) {
      double bound = request.share() * request.maxError();
      IslandSearch.Found found = IslandSearch.search(plan, probe, bound, AIM * bound, TRIALS);
      Comparison simulated = probe.compare(found.low(), request.maxError());
      Map<String, String> reasons = reasons(plan, found.islands());
      rewrite(plan, found.low(), runner);
      simulated.problems().forEach(this::warn);
      int wide = plan.candidates().size() - found.islands().size() - found.low().size();
      return report(
          plan,
          found.low().size(),
          wide,
          reasons,
          simulated,
          runMixed(probe, low),
          found.trials(),
          probe.evidence());
    }
  }

  private void rewrite(PrecisionPlan plan, Set<Node> low, PassRunner runner) {
    runner.run(graph, List.of(new AssignPrecision(plan, low)), context);
  }

  /** ONNX Runtime has kernels for float16, or casts around those it lacks; not so for bfloat16. */
  private Comparison runMixed(ProbeRun probe, Precision low) {
    if (low == Precision.BF16) {
      return Comparison.EMPTY;
    }
    try {
      Comparison mixed = probe.compareMixed(graph, opset, MIXED * request.maxError());
      mixed.problems().forEach(this::warn);
      return mixed;
    } catch (DiagnosticException e) {
      warn("ONNX Runtime does not run the result: " + e.diagnostics().get(0).message());
      return Comparison.EMPTY;
    }
  }

  private void warn(String problem) {
    context
        .diagnostics()
        .add(
            Diagnostic.warning(
                Code.ACCURACY,
                "--precision",
                problem,
                "keep more nodes in float32 with --fp32, or use another precision"));
  }

  private static Map<String, String> reasons(PrecisionPlan plan, Set<Node> islands) {
    Map<String, String> reasons = new LinkedHashMap<>();
    plan.kept().forEach((node, reason) -> reasons.put(node.toString(), reason));
    islands.forEach(node -> reasons.put(node.toString(), "accuracy of the outputs"));
    return reasons;
  }

  private PrecisionReport report(
      PrecisionPlan plan,
      int low,
      int wide,
      Map<String, String> islands,
      Comparison simulated,
      Comparison mixed,
      int trials,
      Evidence evidence) {
    int casts = context.counts().getOrDefault("precision cast", 0);
    return new PrecisionReport(
        plan.precision(),
        low,
        islands,
        wide,
        casts,
        simulated,
        mixed,
        request.maxError(),
        trials,
        evidence);
  }

  /** Only inputs and outputs change: no node may be low. */
  private Set<String> everything() {
    Set<String> ops = new LinkedHashSet<>();
    graph.nodes().forEach(n -> ops.add(n.op().substring(n.op().indexOf('.') + 1)));
    return ops;
  }

  private List<Map<String, TensorData>> samples() {
    List<Port> ports = graph.params().stream().map(p -> new Port(p.name(), p.type())).toList();
    if (!request.samples().isEmpty()) {
      return request.samples().stream().map(s -> Samples.matching(ports, s)).toList();
    }
    if (ports.stream().anyMatch(p -> !p.type().shape().isRanked())) {
      return List.of();
    }
    return Samples.generated(ports);
  }

  /** A network may not run on generated inputs; then nothing is measured. */
  private void requireGenerated(DiagnosticException e) {
    if (!request.samples().isEmpty()) {
      throw e;
    }
    context
        .diagnostics()
        .add(
            Diagnostic.warning(
                Code.ACCURACY,
                "--precision",
                "the network does not run on generated inputs, so its accuracy is not measured: "
                    + e.diagnostics().get(0).message(),
                "give inputs with --calibration"));
  }
}
