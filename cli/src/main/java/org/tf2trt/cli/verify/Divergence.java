// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.bisect.Bisection;
import org.tf2trt.verify.bisect.InnerTensors;
import org.tf2trt.verify.bisect.Layer;
import org.tf2trt.verify.bisect.LayerErrors;
import org.tf2trt.verify.bisect.Reproducer;
import org.tf2trt.verify.compare.Numbers;

/**
 * How errors grow along the network, and where they begin.
 *
 * @param layers in definition order
 * @param bisection empty when no inner tensor differs
 * @param command reproduces the node where it begins
 */
record Divergence(List<Layer> layers, Optional<Bisection> bisection, Optional<String> command)
    implements Finding {
  /** Measures the layers; looks for the first that differs when {@code folder} is not null. */
  static Divergence of(
      Path converted, InnerTensors original, Map<String, TensorData> feeds, Path folder) {
    LayerErrors.Profile profile = LayerErrors.measure(converted, original, feeds);
    Optional<Bisection> found = folder == null ? Optional.empty() : Bisection.of(profile);
    return new Divergence(
        profile.layers(),
        found,
        found.map(b -> Reproducer.write(profile.graph(), b, original, feeds, folder).command()));
  }

  @Override
  public void print(PrintWriter out) {
    if (bisection.isEmpty()) {
      out.println("no inner tensor that matches one of TensorFlow's differs");
      return;
    }
    Layer culprit = bisection.get().culprit();
    out.printf(
        "first TensorFlow node that differs: '%s' (%s here), error %s, allowed %s%n",
        culprit.probe().tensor().replaceFirst(":0$", ""),
        culprit.probe().op(),
        Numbers.text(culprit.error()),
        Numbers.text(culprit.allowed()));
    List<String> others = culprit.probe().nodes();
    if (others.size() > 1) {
      out.println("  it stands for " + String.join(", ", others));
    }
    if (hasBodies(culprit)) {
      out.println("  tensors inside its bodies are not compared");
    }
    for (Layer input : bisection.get().inputs()) {
      out.printf("  reads '%s', error %s%n", input.probe().tensor(), Numbers.text(input.error()));
    }
    command.ifPresent(c -> out.println("reproduce it with: " + c));
    out.flush();
  }

  /** Loops and branches: what goes wrong there may be any node of theirs. */
  private static boolean hasBodies(Layer layer) {
    return layer.probe().value().producer().map(n -> !n.bodies().isEmpty()).orElse(false);
  }

  @Override
  public void put(ObjectNode root) {
    ArrayNode array = root.putArray("layers");
    layers.forEach(l -> put(array.addObject(), l));
    bisection.ifPresent(
        b -> {
          ObjectNode node = root.putObject("bisection");
          put(node, b.culprit());
          node.put("has_bodies", hasBodies(b.culprit()));
          ArrayNode nodes = node.putArray("nodes");
          b.culprit().probe().nodes().forEach(nodes::add);
          ArrayNode inputs = node.putArray("inputs");
          b.inputs().forEach(l -> put(inputs.addObject(), l));
          command.ifPresent(c -> node.put("command", c));
        });
  }

  private static void put(ObjectNode node, Layer layer) {
    node.put("tensor", layer.probe().tensor());
    node.put("op", layer.probe().op());
    node.put("error", Double.isFinite(layer.error()) ? layer.error() : null);
    node.put("allowed", layer.allowed());
  }
}
