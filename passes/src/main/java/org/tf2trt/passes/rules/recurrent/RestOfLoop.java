// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.GraphCopy;

/**
 * What is left of a loop when one of its cells has become an op before it: the cells stacked on it
 * read the steps of what the op gives.
 */
final class RestOfLoop {
  private final TimeLoop loop;
  private final Value h;
  private final OnnxBuilder build;

  /**
   * @param h what a step of it puts out
   */
  RestOfLoop(TimeLoop loop, Value h, OnnxBuilder build) {
    this.loop = loop;
    this.h = h;
    this.build = build;
  }

  /**
   * All results of the loop.
   *
   * @param found those that the op gives, in the order of the loop's
   * @param outputs makes what the op put out at all steps, {@code [time, batch, hidden]}
   * @return empty when the rest needs more of the cell than its output
   */
  Optional<List<Value>> results(List<Optional<Value>> found, Supplier<Value> outputs) {
    List<Integer> carried = new ArrayList<>();
    List<Integer> scanned = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).isEmpty()) {
        (i < loop.carried() ? carried : scanned).add(i);
      }
    }
    Graph body = loop.body();
    List<Value> wanted = new ArrayList<>(List.of(body.outputs().get(0)));
    carried.forEach(i -> wanted.add(loop.next(i)));
    scanned.forEach(i -> wanted.add(body.outputs().get(1 + i)));
    Set<Value> read = read(wanted);
    for (int i = 0; i < loop.carried(); i++) {
      if (!carried.contains(i) && read.contains(loop.param(i))) {
        return Optional.empty();
      }
    }
    Graph rest = new Graph(body.name());
    Map<Value, Value> arguments = new HashMap<>();
    for (int i = 0; i < 2; i++) {
      Value.Param p = body.params().get(i);
      arguments.put(p, rest.addParam(p.name(), p.type()));
    }
    List<Value> inputs = new ArrayList<>(loop.node().inputs().subList(0, 2));
    for (int i : carried) {
      Value.Param p = body.params().get(2 + i);
      arguments.put(p, rest.addParam(p.name(), p.type()));
      inputs.add(loop.initial(i));
    }
    if (read.contains(h)) {
      OnnxBuilder inside =
          new OnnxBuilder(rest, null, build.provenance(), build.inference(), created -> {});
      arguments.put(h, inside.op("Gather", outputs.get(), rest.params().get(0)));
    }
    GraphCopy copy = new GraphCopy(arguments);
    copy.nodes(body, wanted, rest, null);
    rest.addOutput(body.outputNames().get(0), copy.of(wanted.get(0)));
    for (int i = 1; i < wanted.size(); i++) {
      int at = (i <= carried.size() ? carried.get(i - 1) : scanned.get(i - 1 - carried.size()));
      rest.addOutput(body.outputNames().get(1 + at), copy.of(wanted.get(i)));
    }
    List<Value> made =
        build.ops("Loop", wanted.size() - 1, loop.node().attrs(), inputs, List.of(rest));
    List<Value> results = new ArrayList<>();
    int next = 0;
    for (Optional<Value> value : found) {
      results.add(value.isPresent() ? value.get() : made.get(next++));
    }
    return Optional.of(results);
  }

  /** Every value of the body that {@code wanted} need, without looking behind {@code h}. */
  private Set<Value> read(List<Value> wanted) {
    Set<Value> read = new HashSet<>();
    List<Value> open = new ArrayList<>(wanted);
    while (!open.isEmpty()) {
      Value v = open.remove(open.size() - 1);
      if (!read.add(v) || v == h) {
        continue;
      }
      v.producer().filter(n -> n.graph() == loop.body()).ifPresent(n -> addReads(n, open));
    }
    return read;
  }

  private static void addReads(Node node, List<Value> into) {
    into.addAll(node.inputs());
    for (Graph body : node.bodies()) {
      into.addAll(body.outputs());
      body.nodes().forEach(n -> addReads(n, into));
    }
  }
}
