// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.GraphCopy;

/** Builds If, Loop and Scan with the graphs that a step gives them. */
final class ControlFlow {
  /** Builds the nodes of a graph. */
  interface Filling {
    /**
     * The values of the block's outputs.
     *
     * @param inputs of the block
     * @param into where its nodes go
     */
    List<Value> fill(Block block, List<Value> inputs, OnnxBuilder into);
  }

  private final Step step;
  private final OnnxBuilder build;
  private final Filling filling;

  ControlFlow(Step step, OnnxBuilder build, Filling filling) {
    this.step = step;
    this.build = build;
    this.filling = filling;
  }

  /** The results of the node. */
  List<Value> build(Map<String, Attr> attrs, List<Value> inputs) {
    return switch (step.op()) {
      case "If" -> node(attrs, inputs, List.of(branch("then_branch"), branch("else_branch")));
      case "Loop" -> loop(attrs, inputs);
      case "Scan" -> scan(attrs, inputs);
      default -> throw new IllegalStateException(step.op());
    };
  }

  private List<Value> node(Map<String, Attr> attrs, List<Value> inputs, List<Graph> bodies) {
    return build.ops(step.op(), step.outputs().size(), attrs, inputs, bodies);
  }

  private Graph branch(String attribute) {
    return graph(step.graphs().get(attribute), List.of());
  }

  private List<Value> loop(Map<String, Attr> attrs, List<Value> inputs) {
    List<TensorType> types = new ArrayList<>();
    types.add(new TensorType(DType.I64, Shape.SCALAR));
    types.add(new TensorType(DType.BOOL, Shape.SCALAR));
    List<Value> carried = inputs.subList(types.size(), inputs.size());
    int first = types.size();
    carried.forEach(v -> types.add(v.type()));
    return node(attrs, inputs, List.of(settled(types, first, 1, carried.size())));
  }

  private List<Value> scan(Map<String, Attr> attrs, List<Value> inputs) {
    int scanned = (int) ((Attr.Int) attrs.get("num_scan_inputs")).value();
    int states = inputs.size() - scanned;
    if (scanned < 1 || states < 0) {
      throw step.at()
          .error("Scan has %d inputs, num_scan_inputs is %d".formatted(inputs.size(), scanned));
    }
    long[] axes =
        attrs.get("scan_input_axes") instanceof Attr.Ints a ? a.toArray() : new long[scanned];
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      TensorType whole = inputs.get(i).type();
      boolean sliced = i >= states && i - states < axes.length;
      types.add(sliced ? whole.withShape(without(whole.shape(), axes[i - states])) : whole);
    }
    return node(attrs, inputs, List.of(settled(types, 0, 0, states)));
  }

  private static Shape without(Shape shape, long axis) {
    if (!shape.isRanked() || axis < -shape.rank() || axis >= shape.rank()) {
      return Shape.UNRANKED;
    }
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.remove((int) (axis < 0 ? axis + shape.rank() : axis));
    return Shape.of(dims);
  }

  /**
   * The graph under the most that can be said of the shapes of carried values: what holds at first
   * and after every iteration. A round assumes it, and the next assumes less where it was wrong.
   *
   * @param types of the graph's inputs at first
   * @param input the first that is carried
   * @param output the first that is carried on
   */
  private Graph settled(List<TensorType> types, int input, int output, int carried) {
    Block block = step.graphs().get("body");
    while (true) {
      Graph graph = graph(block, types);
      boolean holds = true;
      for (int i = 0; i < carried; i++) {
        TensorType before = types.get(input + i);
        Shape both = before.shape().join(graph.outputs().get(output + i).shape());
        holds &= both.equals(before.shape());
        types.set(input + i, before.withShape(both));
      }
      if (holds) {
        return graph;
      }
      GraphCopy.discard(graph, new Graph("discarded"));
    }
  }

  private Graph graph(Block block, List<TensorType> types) {
    Graph graph = new Graph(block.name());
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < block.inputs().size(); i++) {
      inputs.add(graph.addParam(block.inputs().get(i).name(), types.get(i)));
    }
    OnnxBuilder into =
        new OnnxBuilder(graph, null, build.provenance(), build.inference(), created -> {});
    List<Value> outputs = filling.fill(block, inputs, into);
    for (int i = 0; i < outputs.size(); i++) {
      graph.addOutput(block.outputs().get(i).name(), outputs.get(i));
    }
    return graph;
  }
}
