// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.inspect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.convert.GraphStats;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.diag.Severity;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.PassRunner;
import org.tf2trt.passes.trt.Target;
import org.tf2trt.passes.trt.TensorRtPasses;

/**
 * What a graph becomes for TensorRT.
 *
 * @param stats of the nodes that TensorRT would get
 * @param rewrites rules that made forms TensorRT takes, and how often
 * @param problems that keep the engine from being built
 * @param warnings about what an engine does otherwise than the model
 */
record EngineForm(
    GraphStats stats,
    Map<String, Integer> rewrites,
    List<Diagnostic> problems,
    List<Diagnostic> warnings) {
  EngineForm {
    rewrites = Collections.unmodifiableMap(new LinkedHashMap<>(rewrites));
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /** Runs a pipeline that ends in the passes for {@code target}; the graph is used up. */
  static EngineForm of(Graph graph, List<Pass> pipeline, int opset) {
    PassContext context = new PassContext(opset, new Diagnostics());
    List<Diagnostic> found;
    try {
      new PassRunner().run(graph, pipeline, context);
      found = context.diagnostics().all();
    } catch (DiagnosticException e) {
      found = e.diagnostics();
    }
    Map<String, Integer> rewrites = new LinkedHashMap<>();
    TensorRtPasses.forms()
        .forEach(
            r -> {
              int count = context.counts().getOrDefault(r.name(), 0);
              if (count > 0) {
                rewrites.put(r.name(), count);
              }
            });
    return new EngineForm(
        GraphStats.of(graph),
        rewrites,
        found.stream().filter(d -> d.severity() == Severity.ERROR).toList(),
        found.stream().filter(d -> d.severity() == Severity.WARNING).toList());
  }

  static String title(Target target) {
    return "TensorRT "
        + String.join(" and ", target.versions().stream().map(v -> v.text()).toList());
  }
}
