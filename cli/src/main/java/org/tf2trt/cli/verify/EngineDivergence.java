// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.cli.engine.BuiltVariants;
import org.tf2trt.cli.engine.Engines;
import org.tf2trt.cli.engine.PlanRuntime;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.bisect.Bisection;
import org.tf2trt.verify.bisect.EngineErrors;
import org.tf2trt.verify.bisect.EngineLayer;
import org.tf2trt.verify.bisect.InnerTensors;
import org.tf2trt.verify.bisect.Reproducer;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.compare.Numbers;

/**
 * Where an engine begins to differ from TensorFlow, and what ONNX Runtime has there.
 *
 * @param layers that were looked at
 * @param divergence of the engine
 * @param agreesAsItIs whether a new engine of the model has no such difference
 */
record EngineDivergence(List<EngineLayer> layers, Divergence divergence, boolean agreesAsItIs)
    implements Finding {
  private static final String ONNX_ERROR = "onnxruntime_error";
  private static final String APART = "engine_against_onnxruntime";

  /**
   * Builds engines and looks inside them.
   *
   * @param onnx what the engine was built from
   * @param floor what floats may be off by at least
   * @param folder for the reproducer
   * @throws DiagnosticException when a part of the model does not build or run
   */
  static EngineDivergence of(
      Path onnx,
      PlanRuntime runtime,
      boolean tf32,
      double floor,
      InnerTensors original,
      Map<String, TensorData> feeds,
      Path folder) {
    try (Engines engines = runtime.engines(tf32)) {
      EngineErrors.Search search =
          EngineErrors.search(
              onnx,
              original,
              feeds,
              new BuiltVariants(engines, runner -> Fit.feeds(feeds, runner.inputs())),
              floor);
      Optional<String> command =
          search.found().map(b -> reproducer(search, b, original, feeds, folder, tf32));
      return new EngineDivergence(
          search.layers(),
          new Divergence(
              search.layers().stream().map(EngineLayer::engine).toList(), search.found(), command),
          search.agreesAsItIs());
    }
  }

  private static String reproducer(
      EngineErrors.Search search,
      Bisection found,
      InnerTensors original,
      Map<String, TensorData> feeds,
      Path folder,
      boolean tf32) {
    return Reproducer.write(search.graph(), found, original, feeds, folder)
        .engineCommand(tf32 ? " --tf32" : "");
  }

  @Override
  public void print(PrintWriter out) {
    if (divergence.bisection().isEmpty()) {
      out.println(cause());
      out.flush();
      return;
    }
    out.println("TensorRT and TensorFlow, tensor by tensor:");
    divergence.print(out);
    EngineLayer culprit = culprit().orElseThrow();
    out.printf(
        "ONNX Runtime's error there: %s; TensorRT against ONNX Runtime: %s%n",
        Numbers.text(culprit.onnx()), Numbers.text(culprit.apart()));
    out.flush();
  }

  private String cause() {
    if (agreesAsItIs) {
      return "an engine that was built from the model here agrees with ONNX Runtime: "
          + BuiltVariants.ANOTHER_MODEL;
    }
    return "all %d tensors of TensorRT that were looked at agree with TensorFlow as long as they are"
            .formatted(layers.size())
        + " outputs: a fusion of TensorRT makes the difference";
  }

  private Optional<EngineLayer> culprit() {
    return divergence
        .bisection()
        .flatMap(b -> layers.stream().filter(l -> l.engine().equals(b.culprit())).findFirst());
  }

  @Override
  public void put(ObjectNode root) {
    divergence.put(root);
    Map<String, EngineLayer> byTensor = new LinkedHashMap<>();
    layers.forEach(l -> byTensor.put(l.engine().probe().tensor(), l));
    for (JsonNode node : root.path("layers")) {
      put((ObjectNode) node, byTensor.get(node.path("tensor").asText()));
    }
    if (root.path("bisection") instanceof ObjectNode found) {
      found.put("runtime", Runtimes.ENGINE);
      put(found, byTensor.get(found.path("tensor").asText()));
    } else {
      root.put("cause", cause());
    }
  }

  private static void put(ObjectNode node, EngineLayer layer) {
    node.put(ONNX_ERROR, finite(layer.onnx()));
    node.put(APART, finite(layer.apart()));
  }

  private static Double finite(double error) {
    return Double.isFinite(error) ? error : null;
  }
}
