// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.clean;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.ReshapeTargets;
import org.tf2trt.passes.infer.Inference;
import org.tf2trt.passes.rewrite.DeadCode;

/**
 * Dense layers that read the same sequence become one: the queries, keys and values of attention
 * are one product with three times the outputs, which is then split.
 */
public final class MergeParallelDense implements Pass {
  @Override
  public String summary() {
    return "compute dense layers of the same sequence as one";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    Map<Key, List<DenseBranch>> groups = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      node.bodies().forEach(b -> run(b, context));
      DenseBranch.of(node)
          .ifPresent(b -> groups.computeIfAbsent(Key.of(b), k -> new ArrayList<>()).add(b));
    }
    for (List<DenseBranch> group : groups.values()) {
      DenseBranch first = group.get(0);
      int layer = 1 + first.steps();
      if ((group.size() - 1) * layer > 1) {
        merge(graph, group);
        context.count(name());
      }
    }
  }

  /** What branches have in common that can be merged. */
  private record Key(Value x, long outputs, boolean biased, Optional<Shape> heads) {
    static Key of(DenseBranch b) {
      return new Key(
          b.product().input(0),
          b.outputs(),
          b.bias().isPresent(),
          b.reshape().map(r -> r.result().shape()));
    }
  }

  private static void merge(Graph graph, List<DenseBranch> group) {
    DenseBranch first = group.get(0);
    List<Provenance> origins = new ArrayList<>();
    group.forEach(b -> b.nodes().forEach(n -> origins.add(n.provenance())));
    OnnxBuilder build =
        new OnnxBuilder(
            graph,
            first.product(),
            Provenance.fuse("MergeParallelDense", origins),
            new Inference(),
            created -> {});
    Value y =
        build.op(
            "MatMul",
            first.product().input(0),
            build.constant(joined(1, group.stream().map(DenseBranch::weights).toList())));
    if (first.bias().isPresent()) {
      List<TensorData> biases = group.stream().map(b -> b.bias().orElseThrow()).toList();
      y = build.add(y, build.constant(joined(0, biases)));
    }
    int axis = y.shape().rank() - 1;
    if (first.reshape().isPresent()) {
      Shape heads = first.reshape().get().result().shape();
      Shape all = heads.with(axis, heads.dim(axis).times(group.size()));
      y = build.reshape(y, build.ints(ReshapeTargets.of(y.shape(), all).orElseThrow()));
    }
    List<Value> parts =
        build.ops(
            "Split",
            group.size(),
            Map.of("axis", Attr.of((long) axis), "num_outputs", Attr.of((long) group.size())),
            y);
    for (int i = 0; i < group.size(); i++) {
      Node last = group.get(i).last();
      last.result().replaceAllUsesWith(parts.get(i));
      DeadCode.erase(last);
    }
  }

  private static TensorData joined(long axis, List<TensorData> parts) {
    return Constants.compute(
            "Concat", Map.of("axis", Attr.of(axis)), parts.toArray(TensorData[]::new))
        .orElseThrow();
  }
}
