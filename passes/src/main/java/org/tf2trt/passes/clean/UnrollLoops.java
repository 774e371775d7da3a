// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.clean;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.eval.KnownTrips;
import org.tf2trt.passes.facts.GrowingState;
import org.tf2trt.passes.infer.Inference;
import org.tf2trt.passes.rewrite.DeadCode;
import org.tf2trt.passes.rewrite.GraphCopy;

/**
 * Writes out loops of few iterations and branches that are known to be taken, bodies first. A loop
 * costs a runtime more than its iterations do, as nothing is fused across it.
 */
public final class UnrollLoops implements Pass {
  /** Loops of more iterations stay when nothing else is asked. */
  public static final int DEFAULT_TRIPS = 8;

  /** An unrolled loop has no more nodes than this. */
  private static final long MAX_NODES = 400;

  /** Nor one that runtimes with fixed memory, as TensorRT, cannot run as it stands. */
  private static final long MAX_NODES_OF_GROWING = 4000;

  private final int maxTrips;

  /**
   * @param maxTrips the most iterations that are written out; 0 for none
   */
  public UnrollLoops(int maxTrips) {
    this.maxTrips = maxTrips;
  }

  @Override
  public String summary() {
    return "write out loops of few iterations and branches that are known";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    for (Node node : graph.nodes()) {
      if (node.bodies().isEmpty() || node.isErased()) {
        continue;
      }
      node.bodies().forEach(b -> run(b, context));
      Optional<List<Value>> values =
          node.is("onnx.If")
              ? taken(node)
              : node.is("onnx.Loop") ? unrolled(node) : Optional.empty();
      if (values.isPresent()) {
        for (int i = 0; i < node.results().size(); i++) {
          if (!node.result(i).isUnused()) {
            node.result(i).replaceAllUsesWith(values.get().get(i));
          }
        }
        DeadCode.erase(node);
        context.count(name());
      }
    }
  }

  private static Optional<List<Value>> taken(Node node) {
    Optional<TensorData> known = node.input(0).constant().filter(c -> c.elements() == 1);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Graph body = node.bodies().get(known.get().longs()[0] != 0 ? 0 : 1);
    return Optional.of(copied(body, Map.of(), node));
  }

  /** The outputs of a copy of the body before the node. */
  private static List<Value> copied(Graph body, Map<Value, Value> arguments, Node at) {
    GraphCopy copy = new GraphCopy(arguments);
    copy.nodes(body, body.outputs(), at.graph(), at);
    return body.outputs().stream().map(copy::of).toList();
  }

  private Optional<List<Value>> unrolled(Node loop) {
    Graph body = loop.bodies().get(0);
    long count = KnownTrips.of(loop, maxTrips).orElse(0);
    long most = GrowingState.isIn(loop) ? MAX_NODES_OF_GROWING : MAX_NODES;
    if (count < 1 || count * nodes(body) > most) {
      return Optional.empty();
    }
    return Optional.of(steps(loop, body, count));
  }

  private static long nodes(Graph body) {
    long nodes = body.size();
    for (Node n : body.nodes()) {
      nodes += n.bodies().stream().mapToLong(UnrollLoops::nodes).sum();
    }
    return nodes;
  }

  private static List<Value> steps(Node loop, Graph body, long count) {
    OnnxBuilder build =
        new OnnxBuilder(loop.graph(), loop, loop.provenance(), new Inference(), created -> {});
    int carried = loop.inputs().size() - 2;
    List<Value> state = new ArrayList<>(loop.inputs().subList(2, 2 + carried));
    List<List<Value>> scanned = new ArrayList<>();
    for (int i = 1 + carried; i < body.outputs().size(); i++) {
      scanned.add(new ArrayList<>());
    }
    for (long step = 0; step < count; step++) {
      Map<Value, Value> arguments = new HashMap<>();
      arguments.put(body.params().get(0), build.constant(TensorData.ofLongs(new long[0], step)));
      arguments.put(body.params().get(1), build.scalar(org.tf2trt.ir.DType.BOOL, 1));
      for (int i = 0; i < carried; i++) {
        arguments.put(body.params().get(2 + i), state.get(i));
      }
      List<Value> out = copied(body, arguments, loop);
      state = new ArrayList<>(out.subList(1, 1 + carried));
      for (int i = 0; i < scanned.size(); i++) {
        scanned.get(i).add(build.unsqueeze(out.get(1 + carried + i), 0));
      }
    }
    List<Value> results = new ArrayList<>(state);
    scanned.forEach(rows -> results.add(build.concat(0, rows.toArray(Value[]::new))));
    return results;
  }
}
