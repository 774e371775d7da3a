// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.layers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tf2trt.cli.json.JsonFiles;

/** Layers for a terminal and for machines. */
public final class LayerTable {
  private static final int MAX_NAMES = 3;

  private final List<Layer> layers;
  private final Map<String, Double> microseconds;

  /**
   * @param layers of the engine
   * @param microseconds of each layer by name; empty when they were not measured
   */
  public LayerTable(List<Layer> layers, Map<String, Double> microseconds) {
    this.layers = List.copyOf(layers);
    this.microseconds = new LinkedHashMap<>(microseconds);
  }

  private double total() {
    return microseconds.values().stream().mapToDouble(t -> t).sum();
  }

  /** One line for each layer, then how many there are of each type. */
  public String text() {
    StringBuilder text = new StringBuilder();
    int type = width(layers.stream().map(Layer::type).toList());
    int precision = width(layers.stream().map(Layer::precision).toList());
    for (Layer l : layers) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-" + type + "s  %-" + precision + "s%s  %s%n",
              l.type().isEmpty() ? "-" : l.type(),
              l.precision().isEmpty() ? "-" : l.precision(),
              time(l),
              what(l)));
      if (!l.format().isEmpty()) {
        text.append(" ".repeat(type + precision + 6)).append(dims(l)).append(l.format());
        text.append(System.lineSeparator());
      }
    }
    text.append(summary());
    return text.toString();
  }

  private static int width(List<String> cells) {
    return cells.stream().mapToInt(c -> Math.max(1, c.length())).max().orElse(1);
  }

  private String time(Layer layer) {
    if (microseconds.isEmpty()) {
      return "";
    }
    Double time = microseconds.get(layer.name());
    return time == null
        ? String.format(Locale.ROOT, "  %9s %6s", "-", "")
        : String.format(Locale.ROOT, "  %9.1f %5.1f%%", time, 100 * time / total());
  }

  private static String what(Layer l) {
    if (l.nodes().isEmpty()) {
      return "(" + l.name() + ")";
    }
    int shown = Math.min(MAX_NAMES, l.nodes().size());
    String names = String.join(", ", l.nodes().subList(0, shown));
    return shown == l.nodes().size()
        ? names
        : names + ", and " + (l.nodes().size() - shown) + " more";
  }

  private static String dims(Layer l) {
    return l.outputs().get(0).dims() + " ";
  }

  private String summary() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    layers.forEach(l -> counts.merge(l.type().isEmpty() ? "-" : l.type(), 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%n%d layers:", layers.size()));
    counts.forEach((type, count) -> text.append(" ").append(count).append(" ").append(type));
    text.append(System.lineSeparator());
    if (!microseconds.isEmpty()) {
      text.append(String.format(Locale.ROOT, "%.1f us in all layers%n", total()));
    }
    return text.toString();
  }

  /** Every field of every layer. */
  public ObjectNode json() {
    ObjectNode root = JsonFiles.object();
    ArrayNode list = root.putArray("layers");
    for (Layer l : layers) {
      ObjectNode node = list.addObject();
      node.put("name", l.name());
      node.put("type", l.type());
      l.nodes().forEach(node.putArray("nodes")::add);
      tensors(node.putArray("inputs"), l.inputs());
      tensors(node.putArray("outputs"), l.outputs());
      node.put("tactic", l.tactic());
      if (microseconds.containsKey(l.name())) {
        node.put("microseconds", microseconds.get(l.name()));
      }
    }
    if (!microseconds.isEmpty()) {
      root.put("microseconds", total());
    }
    return root;
  }

  private static void tensors(ArrayNode list, List<Layer.Tensor> tensors) {
    for (Layer.Tensor t : tensors) {
      ObjectNode node = list.addObject();
      node.put("name", t.name());
      node.put("dtype", t.dtype());
      t.dims().forEach(node.putArray("shape")::add);
      node.put("format", t.format());
    }
  }
}
