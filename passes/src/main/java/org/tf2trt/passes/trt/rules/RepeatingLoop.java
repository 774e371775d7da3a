// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.GraphCopy;

/**
 * A loop that repeats an iteration instead of ending. Beside the state it carries whether it still
 * runs, the number of the iteration, and the state at the end, each where it is read. An iteration
 * that is the last one hands on the state that it began with, so that repetitions see values that
 * the original loop saw.
 */
final class RepeatingLoop {
  private final Node loop;
  private final Graph old;
  private final OnnxBuilder outside;
  private final Graph body;
  private final OnnxBuilder inside;
  private final Value active;
  private final int states;
  private final GraphCopy copy;
  private final List<Value> inputs = new ArrayList<>();
  private final Map<Value, Value> arguments = new HashMap<>();

  RepeatingLoop(Node loop, OnnxBuilder build) {
    this.loop = loop;
    this.old = loop.bodies().get(0);
    this.outside = build;
    this.states = Trips.carried(loop);
    body = new Graph(old.name());
    inside = new OnnxBuilder(body, null, build.provenance(), build.inference(), created -> {});
    body.addParam("iteration", TensorType.of(DType.I64));
    body.addParam("go", TensorType.of(DType.BOOL));
    inputs.add(loop.input(0));
    inputs.add(OnnxBuilder.absent());
    Value begins = loop.optionalInput(1).orElseGet(() -> build.scalar(DType.BOOL, 1));
    active = carry("active", begins, TensorType.of(DType.BOOL));
    arguments.put(old.params().get(1), build.scalar(DType.BOOL, 1));
    for (int i = 0; i < states; i++) {
      Value param = old.params().get(2 + i);
      arguments.put(param, carry("state" + i, loop.input(2 + i), param.type()));
    }
    Value number = old.params().get(0);
    if (!number.isUnused()) {
      arguments.put(number, carry("number", build.scalar(DType.I64, 0), number.type()));
    }
    copy = new GraphCopy(arguments);
    copy.nodes(old, old.outputs(), body, null);
  }

  private Value carry(String name, Value first, TensorType type) {
    inputs.add(first);
    return body.addParam(name, type);
  }

  /** What stands for the results of the loop. */
  List<Value> results() {
    Value goesOn = inside.op("And", active, copy.of(old.outputs().get(0)));
    body.addOutput("go_on", inside.scalar(DType.BOOL, 1));
    body.addOutput("active", goesOn);
    for (int i = 0; i < states; i++) {
      Value before = arguments.get(old.params().get(2 + i));
      Value after = copy.of(old.outputs().get(1 + i));
      body.addOutput("state" + i, after == before ? after : inside.where(goesOn, after, before));
    }
    Value number = arguments.get(old.params().get(0));
    if (number != null) {
      body.addOutput("number", inside.add(number, inside.cast(goesOn, DType.I64)));
    }
    List<Integer> finals = finals();
    int carried = body.outputs().size() - 1;
    body.addOutput("ran", inside.cast(active, DType.I32));
    for (int i = states; i < loop.results().size(); i++) {
      body.addOutput("element" + (i - states), copy.of(old.outputs().get(1 + i)));
    }
    int results = body.outputs().size() - 1;
    return picked(outside.ops("Loop", results, Map.of(), inputs, List.of(body)), finals, carried);
  }

  /** The states that are read behind the loop, which become variables of their own. */
  private List<Integer> finals() {
    List<Integer> read = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      if (!loop.result(i).isUnused()) {
        read.add(i);
        Value so = carry("final" + i, loop.input(2 + i), old.params().get(2 + i).type());
        Value after = copy.of(old.outputs().get(1 + i));
        body.addOutput("final" + i, inside.where(active, after, so));
      }
    }
    return read;
  }

  private List<Value> picked(List<Value> results, List<Integer> finals, int carried) {
    List<Value> picked = new ArrayList<>();
    for (int i = 0; i < states; i++) {
      int at = finals.indexOf(i);
      picked.add(results.get(at < 0 ? 1 + i : carried - finals.size() + at));
    }
    Value ran = results.get(carried);
    Value places = outside.reshape(outside.op("NonZero", ran), -1);
    for (int i = states; i < loop.results().size(); i++) {
      Value list = results.get(carried + 1 + i - states);
      boolean unused = loop.result(i).isUnused();
      picked.add(unused ? list : outside.op("Gather", Map.of("axis", Attr.of(0)), list, places));
    }
    return picked;
  }
}
