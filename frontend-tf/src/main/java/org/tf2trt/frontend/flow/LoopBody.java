// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.GraphCopy;

/** The body of an ONNX Loop, lowered under assumed types of what it carries. */
final class LoopBody {
  private final TfNode node;
  private final Node loop;
  private final LoopPlan plan;
  private final Graph made;
  private final OnnxBuilder build;

  LoopBody(TfNode node, OnnxBuilder around, LoopPlan plan) {
    this.node = node;
    this.loop = node.origin();
    this.plan = plan;
    this.made = new Graph(loop.bodies().get(1).name());
    this.build =
        new OnnxBuilder(made, null, around.provenance(), around.inference(), created -> {});
  }

  /**
   * Outputs are the condition, the carried variables, the elements of collected lists.
   *
   * @param initial first values of the carried variables
   * @param types assumed of them
   */
  Graph lower(Map<Integer, Value> initial, Map<Integer, TensorType> types) {
    Graph condition = loop.bodies().get(0);
    Graph body = loop.bodies().get(1);
    Value iteration = made.addParam("iteration", TensorType.of(DType.I64));
    made.addParam("condition", TensorType.of(DType.BOOL));
    Map<Value, Value> now = new HashMap<>();
    plan.counters()
        .forEach((i, c) -> now.put(body.params().get(i), counted(body, i, c, iteration)));
    Map<Integer, Value> so = new HashMap<>();
    for (int i : plan.carried()) {
      so.put(i, carried(body, i, initial.get(i), types.get(i)));
      now.put(body.params().get(i), so.get(i));
    }
    List<Value> wanted = new ArrayList<>();
    plan.carried().forEach(i -> wanted.add(plan.joined().getOrDefault(i, body.outputs().get(i))));
    wanted.addAll(plan.joined().values());
    plan.collected().values().forEach(c -> wanted.add(c.item()));
    GraphCopy copy = new GraphCopy(now);
    copy.nodes(body, wanted, made, null);
    if (plan.trips().complete()) {
      made.addOutput("condition", build.scalar(DType.BOOL, 1));
    } else {
      made.addOutput("condition", condition(condition, body, copy, iteration));
    }
    for (int i = 0; i < wanted.size(); i++) {
      made.addOutput("output_" + i, copy.of(wanted.get(i)));
    }
    node.lower(made);
    if (!plan.trips().complete()) {
      made.setOutput(0, Predicates.truth(node, build, made.outputs().get(0)));
    }
    for (int i = 1; i <= plan.carried().size(); i++) {
      Value out = made.outputs().get(i);
      if (!Lists.isOpen(out)) {
        continue;
      }
      int variable = List.copyOf(plan.carried()).get(i - 1);
      if (!Lists.isOpen(initial.get(variable))) {
        made.setOutput(
            i, new Lists(node, build).tensor(out, Lists.elements(initial.get(variable))));
      }
    }
    join(so);
    return made;
  }

  /** What has been joined so far with the new element, and the element's shape. */
  private void join(Map<Integer, Value> so) {
    List<Integer> carried = List.copyOf(plan.carried());
    int lengths = 1 + carried.size();
    for (int i : plan.joined().keySet()) {
      int at = 1 + carried.indexOf(i);
      Value item = made.outputs().get(at);
      boolean flat = item.shape().rank() > 1 && so.get(i).shape().hasRank(1);
      Value part = flat ? build.reshape(item, -1) : item;
      made.setOutput(at, build.concat(0, so.get(i), part));
      made.setOutput(lengths, build.shapeOf(item));
      lengths++;
    }
  }

  private Value counted(Graph body, int i, Counter counter, Value iteration) {
    return body.params().get(i).isUnused() ? OnnxBuilder.absent() : counter.after(build, iteration);
  }

  /** A list of unknown elements is made anew inside, to see what is written to it. */
  private Value carried(Graph body, int i, Value first, TensorType type) {
    if (!Lists.isOpen(first)) {
      return made.addParam(body.params().get(i).name(), type);
    }
    Node maker =
        first
            .producer()
            .filter(n -> n.is(Lists.RESERVE) || n.is(Lists.EMPTY))
            .orElseThrow(
                () -> node.refuse("loop variable " + i + " is an unknown list", "unroll the loop"));
    return made.append(
            NodeSpec.of(
                maker.op(),
                maker.inputs(),
                maker.attrs(),
                List.of(TensorType.of(DType.VARIANT).withShape(Shape.UNRANKED)),
                maker.provenance()))
        .result();
  }

  /** Whether there is another iteration, from what this one gives. */
  private Value condition(Graph condition, Graph body, GraphCopy copied, Value iteration) {
    Map<Value, Value> next = new HashMap<>();
    Value later = null;
    for (int i = 0; i < condition.params().size(); i++) {
      Value param = condition.params().get(i);
      if (param.isUnused()) {
        continue;
      }
      if (plan.counters().containsKey(i)) {
        later = later == null ? build.add(iteration, Counter.number(build, 1)) : later;
        next.put(param, plan.counters().get(i).after(build, later));
      } else {
        next.put(param, copied.of(body.outputs().get(i)));
      }
    }
    GraphCopy copy = new GraphCopy(next);
    copy.nodes(condition, condition.outputs(), made, null);
    return copy.of(condition.outputs().get(0));
  }
}
