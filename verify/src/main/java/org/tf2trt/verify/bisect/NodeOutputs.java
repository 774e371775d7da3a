// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;

/**
 * Which outputs of TensorFlow nodes the values of a converted model are. Nodes of a model bear the
 * names of TensorFlow nodes, but the results of those nodes are not numbered as TensorFlow's: a
 * node with two outputs becomes two ONNX nodes, or one whose results have another order. What reads
 * a value tells which output it is.
 */
final class NodeOutputs {
  private final Map<String, List<Node>> nodes = new HashMap<>();
  private final Map<String, Value> outputs = new HashMap<>();
  private final Set<String> converted = new HashSet<>();

  /**
   * @param original as it was imported
   * @param onnx the converted model
   */
  NodeOutputs(Graph original, Graph onnx) {
    collect(original);
    for (int i = 0; i < original.outputs().size(); i++) {
      outputs.put(original.outputNames().get(i), original.outputs().get(i));
    }
    onnx.nodes().forEach(this::convertedNames);
  }

  private void collect(Graph graph) {
    for (Node node : graph.nodes()) {
      nodes.computeIfAbsent(node.provenance().name(), n -> new ArrayList<>()).add(node);
      node.bodies().forEach(this::collect);
    }
  }

  private void convertedNames(Node node) {
    converted.addAll(node.provenance().names());
    node.bodies().forEach(b -> b.nodes().forEach(this::convertedNames));
  }

  /**
   * A value of the converted model and what it may be. A list of tensors is none: the tensor that
   * it became has no counterpart.
   *
   * @param node of TensorFlow
   * @param outputs numbers of outputs of that node; more than one where all that read the value
   *     read several
   */
  record Choice(Value value, String node, List<Integer> outputs) {
    Choice {
      outputs = List.copyOf(outputs);
    }

    String tensor(int output) {
      return node + ":" + output;
    }
  }

  /** What the values that leave TensorFlow nodes may be, in definition order. */
  static List<Choice> of(Graph onnx, Graph original) {
    NodeOutputs all = new NodeOutputs(original, onnx);
    Map<String, Choice> sure = new LinkedHashMap<>();
    List<Choice> choices = new ArrayList<>();
    for (Node node : onnx.nodes()) {
      String name = node.provenance().name();
      if (node.provenance().names().isEmpty()) {
        continue;
      }
      for (Value v : node.results()) {
        if (Probe.leaves(v, name)) {
          Choice choice = new Choice(v, name, all.outputs((Value.Result) v, name));
          choices.add(choice);
          if (choice.outputs().size() == 1) {
            sure.put(choice.tensor(choice.outputs().get(0)), choice); // the last one counts
          }
        }
      }
    }
    return choices.stream()
        .map(c -> c.outputs().size() == 1 ? c : without(c, sure.keySet()))
        .filter(c -> c.outputs().size() > 1 || onlyOne(c, sure))
        .toList();
  }

  private static Choice without(Choice c, Set<String> taken) {
    return new Choice(
        c.value(),
        c.node(),
        c.outputs().stream().filter(o -> !taken.contains(c.tensor(o))).toList());
  }

  private static boolean onlyOne(Choice c, Map<String, Choice> sure) {
    return !c.outputs().isEmpty()
        && sure.computeIfAbsent(c.tensor(c.outputs().get(0)), t -> c).value() == c.value();
  }

  private List<Integer> outputs(Value.Result value, String name) {
    List<Node> origin = nodes.getOrDefault(name, List.of());
    if (origin.size() != 1 || origin.get(0).results().size() == 1) {
      return List.of(value.index());
    }
    Set<Integer> possible = new TreeSet<>();
    for (Value result : origin.get(0).results()) {
      if (!result.isUnused()) {
        possible.add(((Value.Result) result).index());
      }
    }
    List<Integer> all = List.copyOf(possible);
    for (Use use : value.uses()) {
      Set<Integer> read = read(use, origin.get(0));
      if (!read.isEmpty()) {
        possible.retainAll(read);
      }
    }
    return (possible.isEmpty() ? all : possible) // readers may be what is wrong
        .stream().filter(i -> origin.get(0).result(i).dtype() != DType.VARIANT).toList();
  }

  /** Outputs of a TensorFlow node that what stands behind a use in the converted model reads. */
  private Set<Integer> read(Use use, Node from) {
    Set<Integer> found = new TreeSet<>();
    List<Value> open = new ArrayList<>();
    if (use instanceof Use.Output o) {
      Value output = outputs.get(o.graph().outputNames().get(o.index()));
      if (output != null) {
        open.add(output);
      }
    } else {
      for (String reader : use.reader().orElseThrow().provenance().names()) {
        nodes.getOrDefault(reader, List.of()).stream()
            .filter(n -> n != from)
            .forEach(n -> open.addAll(Probe.inputs(n)));
      }
    }
    Set<Value> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Value v = open.remove(open.size() - 1);
      if (!v.isPresent() || v.producer().isEmpty() || !seen.add(v)) {
        continue;
      }
      Node producer = v.producer().get();
      if (producer == from) {
        found.add(((Value.Result) v).index());
      } else if (!converted.contains(producer.provenance().name())) {
        open.addAll(Probe.inputs(producer)); // it became nothing
      }
    }
    return found;
  }
}
