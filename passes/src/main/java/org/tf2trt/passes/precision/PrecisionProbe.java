// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/**
 * A float32 network that behaves as any mixed form of a graph does: one more input has a switch for
 * each node, and a node whose switch is on reads and gives values rounded to low precision.
 * Runtimes without low kernels can run it, and one session tells the error of every choice.
 * Products are summed in float32, as tensor cores do.
 */
public final class PrecisionProbe {
  /** These move values; what they give is rounded when what they read is. */
  private static final Set<String> MOVES =
      Set.of(
          "onnx.Concat",
          "onnx.DepthToSpace",
          "onnx.Expand",
          "onnx.Flatten",
          "onnx.Gather",
          "onnx.GatherElements",
          "onnx.GatherND",
          "onnx.Identity",
          "onnx.Max",
          "onnx.MaxPool",
          "onnx.Min",
          "onnx.Neg",
          "onnx.Pad",
          "onnx.Relu",
          "onnx.Reshape",
          "onnx.Slice",
          "onnx.SpaceToDepth",
          "onnx.Split",
          "onnx.Squeeze",
          "onnx.Tile",
          "onnx.Transpose",
          "onnx.Unsqueeze",
          "onnx.Where");

  private static final TensorType FLAG = TensorType.of(DType.BOOL);

  private final PrecisionPlan plan;
  private final DType low;
  private final GraphCopy copy;
  private final Map<Node, Integer> indices = new LinkedHashMap<>();
  private final Map<Value, Value> flags = new IdentityHashMap<>();
  private final Map<Value, Value> constants = new IdentityHashMap<>();
  private Value.Param switches;

  private PrecisionProbe(PrecisionPlan plan) {
    this.plan = plan;
    this.low = plan.precision().dtype();
    this.copy = new GraphCopy(plan.graph());
    plan.candidates().forEach(n -> indices.put(n, indices.size()));
  }

  /** Builds the network; the plan's graph does not change. */
  public static PrecisionProbe of(PrecisionPlan plan) {
    PrecisionProbe probe = new PrecisionProbe(plan);
    probe.build();
    return probe;
  }

  /** The inputs and outputs of the original, and the switches as its last input. */
  public Graph graph() {
    return copy.graph();
  }

  /** The name of the input of switches. */
  public String switches() {
    return switches.name();
  }

  /** The switches that make these nodes low. */
  public TensorData low(Set<Node> nodes) {
    byte[] on = new byte[indices.size()];
    nodes.forEach(n -> on[indices.get(n)] = 1);
    return TensorData.of(DType.BOOL, new long[] {on.length}, ByteBuffer.wrap(on));
  }

  private void build() {
    Graph from = plan.graph();
    StringBuilder name = new StringBuilder("precision_switches");
    while (from.params().stream().anyMatch(p -> p.name().contentEquals(name))) {
      name.append('_');
    }
    switches = copy.graph().addParam(name.toString(), TensorType.of(DType.BOOL, indices.size()));
    for (Node n : from.nodes()) {
      Integer index = indices.get(n);
      if (index == null) {
        copy.node(n);
      } else {
        withSwitch(n, plan.forms().get(n), index);
      }
    }
    copy.outputs(from, copy.graph());
  }

  private void withSwitch(Node n, LowForm form, int index) {
    Value on = copy.op("Gather", Map.of(), FLAG, switches, scalar(index));
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < n.inputs().size(); i++) {
      Value in = n.input(i);
      inputs.add(form.inputs().contains(i) ? readLow(in, on) : copy.read(in));
    }
    Node made = copy.node(n, inputs);
    for (int i : form.results()) {
      flags.put(n.result(i), on);
      if (!MOVES.contains(n.op())) {
        copy.put(n.result(i), roundedIf(on, made.result(i)));
      }
    }
  }

  /** What a node with this switch reads; nothing is left to round where the producer did. */
  private Value readLow(Value v, Value on) {
    if (v instanceof Value.Constant c) {
      TensorData data = Rounded.to(DType.F32, Rounded.to(low, c.data()));
      Value rounded = constants.computeIfAbsent(v, k -> new Value.Constant(data, c.provenance()));
      return copy.op("Where", Map.of(), v.type(), on, rounded, copy.read(v));
    }
    Value made = flags.get(v);
    if (made == null) {
      return roundedIf(on, copy.read(v));
    }
    Value off = copy.op("Not", Map.of(), FLAG, made);
    return roundedIf(copy.op("And", Map.of(), FLAG, on, off), copy.read(v));
  }

  /** Branches rather than a selection: most switches are off in most runs, and casts are slow. */
  private Value roundedIf(Value on, Value v) {
    Graph then = new Graph("low");
    Value narrow = op(then, "Cast", Map.of("to", Attr.of(low)), v.type().withDType(low), v);
    then.addOutput("y", op(then, "Cast", Map.of("to", Attr.of(DType.F32)), v.type(), narrow));
    Graph otherwise = new Graph("wide");
    otherwise.addOutput("y", op(otherwise, "Identity", Map.of(), v.type(), v));
    NodeSpec spec =
        new NodeSpec(
            "onnx.If",
            List.of(on),
            Map.of(),
            List.of(v.type()),
            List.of(then, otherwise),
            new Provenance.Synthetic("probe"));
    return copy.graph().append(spec).result();
  }

  private static Value op(
      Graph graph, String op, Map<String, Attr> attrs, TensorType type, Value in) {
    Provenance provenance = new Provenance.Synthetic("probe");
    return graph
        .append(NodeSpec.of("onnx." + op, List.of(in), attrs, List.of(type), provenance))
        .result();
  }

  private static Value scalar(long value) {
    return new Value.Constant(
        TensorData.ofLongs(new long[0], value), new Provenance.Synthetic("probe"));
  }
}
