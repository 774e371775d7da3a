// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.precision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.precision.RangeProbe;
import org.tf2trt.passes.precision.Ranges;

/** Measures the ranges of a network's values. */
public final class RangeRun {
  private RangeRun() {}

  /**
   * Runs a float32 graph.
   *
   * @param opset to write it in
   * @param samples of its inputs
   * @throws org.tf2trt.ir.diag.DiagnosticException {@code RUNTIME_FAILED} when it does not run
   */
  public static Ranges measure(Graph graph, int opset, List<Map<String, TensorData>> samples) {
    RangeProbe probe = RangeProbe.of(graph);
    List<TensorData> vectors = new ArrayList<>();
    try (TemporaryModel model = TemporaryModel.of(probe.graph(), opset)) {
      for (Map<String, TensorData> sample : samples) {
        vectors.add(model.runner().run(sample).get(probe.output()));
      }
    }
    return probe.ranges(vectors);
  }
}
