// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.GraphCopy;

/**
 * If and Case as ONNX If. A branch that is known to be taken is put in the place of the node. What
 * both branches give alike is taken from outside.
 */
final class BranchLowering {
  private final TfNode node;
  private final List<Integer> used;

  private BranchLowering(TfNode node) {
    this.node = node;
    this.used = Inlining.used(node.origin());
  }

  static List<Value> branch(TfNode node, OnnxBuilder build) {
    return new BranchLowering(node).branch(build);
  }

  /** An index out of range takes the last branch. */
  static List<Value> choose(TfNode node, OnnxBuilder build) {
    return new BranchLowering(node).choose(build);
  }

  private List<Value> branch(OnnxBuilder build) {
    Value predicate = Predicates.truth(node, build, node.input(0));
    Optional<TensorData> known = predicate.constant();
    List<Graph> bodies = node.bodies();
    if (known.isPresent()) {
      return spread(taken(bodies.get(known.get().longs()[0] != 0 ? 0 : 1)));
    }
    return spread(either(build, predicate, lowered(bodies.get(0)), lowered(bodies.get(1))));
  }

  private List<Value> choose(OnnxBuilder build) {
    List<Graph> bodies = node.bodies();
    Optional<long[]> known = node.knownIntegers(0);
    if (known.isPresent()) {
      long k = known.get()[0];
      return spread(taken(bodies.get(k < 0 || k >= bodies.size() ? bodies.size() - 1 : (int) k)));
    }
    return spread(from(build, 0));
  }

  /** One of the branches from {@code k} on. */
  private List<Value> from(OnnxBuilder build, int k) {
    List<Graph> bodies = node.bodies();
    if (k == bodies.size() - 1) {
      return taken(bodies.get(k));
    }
    Value index = node.input(0);
    Value here = build.op("Equal", index, build.scalarLike(index, k));
    Graph yes = lowered(bodies.get(k));
    Graph no;
    if (k == bodies.size() - 2) {
      no = lowered(bodies.get(k + 1));
    } else {
      no = new Graph(bodies.get(k + 1).name());
      List<Value> rest = from(in(no, build), k + 1);
      for (int i = 0; i < rest.size(); i++) {
        no.addOutput("output_" + i, rest.get(i));
      }
    }
    return either(build, here, yes, no);
  }

  private List<Value> taken(Graph body) {
    return Inlining.before(node, body, List.of(), used);
  }

  /** A lowered copy of a branch with those outputs that are read. */
  private Graph lowered(Graph branch) {
    Graph made = new Graph(branch.name());
    GraphCopy copy = new GraphCopy(Map.of());
    List<Value> wanted = used.stream().map(i -> branch.outputs().get(i)).toList();
    copy.nodes(branch, wanted, made, null);
    for (int i = 0; i < wanted.size(); i++) {
      made.addOutput("output_" + i, copy.of(wanted.get(i)));
    }
    node.lower(made);
    return made;
  }

  private List<Value> either(OnnxBuilder build, Value predicate, Graph yes, Graph no) {
    Node at = node.origin();
    List<Value> results = new ArrayList<>(Collections.nCopies(used.size(), OnnxBuilder.absent()));
    List<Integer> differ = new ArrayList<>();
    for (int i = 0; i < used.size(); i++) {
      Value a = yes.outputs().get(i);
      if (a == no.outputs().get(i)) {
        results.set(i, a);
        continue;
      }
      stack(build, yes, no, i);
      stack(build, no, yes, i);
      if (yes.outputs().get(i).dtype() != no.outputs().get(i).dtype()) {
        throw node.refuse(
            "output %d is %s in one branch and %s in the other"
                .formatted(used.get(i), yes.outputs().get(i).type(), no.outputs().get(i).type()),
            "let both branches give the same type");
      }
      differ.add(i);
    }
    if (differ.isEmpty()) {
      GraphCopy.discard(yes, at.graph());
      GraphCopy.discard(no, at.graph());
      return results;
    }
    List<Graph> branches = List.of(only(yes, differ, at), only(no, differ, at));
    List<Value> made = build.ops("If", differ.size(), Map.of(), List.of(predicate), branches);
    for (int i = 0; i < differ.size(); i++) {
      results.set(differ.get(i), made.get(i));
    }
    return results;
  }

  /** A list becomes the tensor of its elements; of what shape, the other branch may know. */
  private void stack(OnnxBuilder build, Graph branch, Graph other, int output) {
    Value v = branch.outputs().get(output);
    if (v.dtype() == DType.VARIANT) {
      Lists lists = new Lists(node, in(branch, build));
      branch.setOutput(output, lists.tensor(v, Lists.elements(other.outputs().get(output))));
    }
  }

  /** The graph with some of its outputs. */
  private static Graph only(Graph branch, List<Integer> outputs, Node at) {
    if (outputs.size() == branch.outputs().size()) {
      return branch;
    }
    Graph made = new Graph(branch.name());
    GraphCopy copy = new GraphCopy(Map.of());
    List<Value> wanted = outputs.stream().map(i -> branch.outputs().get(i)).toList();
    copy.nodes(branch, wanted, made, null);
    for (int i = 0; i < wanted.size(); i++) {
      made.addOutput("output_" + i, copy.of(wanted.get(i)));
    }
    GraphCopy.discard(branch, at.graph());
    return made;
  }

  private static OnnxBuilder in(Graph graph, OnnxBuilder build) {
    return new OnnxBuilder(graph, null, build.provenance(), build.inference(), created -> {});
  }

  /** Values of the results that are read, in the places of all results. */
  private List<Value> spread(List<Value> values) {
    List<Value> all =
        new ArrayList<>(Collections.nCopies(node.outputCount(), OnnxBuilder.absent()));
    for (int i = 0; i < used.size(); i++) {
      all.set(used.get(i), values.get(i));
    }
    return all;
  }
}
