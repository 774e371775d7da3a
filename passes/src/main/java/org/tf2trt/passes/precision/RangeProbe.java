// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/**
 * A network that gives, beside its outputs, the largest magnitude of each of its float32 values as
 * one vector, so that measuring them takes no more memory than running it.
 */
public final class RangeProbe {
  private final Value zero = constant(TensorData.ofFloats(new long[] {1}, 0));
  private final Value flatten = constant(TensorData.vector(-1));

  private final GraphCopy copy;
  private final List<Value> measured = new ArrayList<>();
  private final List<Value> largest = new ArrayList<>();
  private String output;

  private RangeProbe(Graph from) {
    this.copy = new GraphCopy(from);
  }

  /** Builds the network; {@code from} does not change. */
  public static RangeProbe of(Graph from) {
    RangeProbe probe = new RangeProbe(from);
    probe.build(from);
    return probe;
  }

  /** The inputs and outputs of the original, and the vector as its last output. */
  public Graph graph() {
    return copy.graph();
  }

  /** The name of the output with the vector. */
  public String output() {
    return output;
  }

  /** The ranges that one or several vectors stand for. */
  public Ranges ranges(List<TensorData> vectors) {
    Map<Value, Double> ranges = new IdentityHashMap<>();
    for (TensorData vector : vectors) {
      double[] values = vector.doubles();
      for (int i = 0; i < measured.size(); i++) {
        ranges.merge(measured.get(i), values[i], Math::max); // NaN stays NaN
      }
    }
    return new Ranges(ranges);
  }

  private void build(Graph from) {
    from.params().forEach(this::measure);
    for (Node n : from.nodes()) {
      copy.node(n);
      n.results().forEach(this::measure);
    }
    copy.outputs(from, copy.graph());
    StringBuilder name = new StringBuilder("precision_ranges");
    while (from.outputNames().contains(name.toString())) {
      name.append('_');
    }
    output = name.toString();
    TensorType type = TensorType.of(DType.F32, largest.size() + 1L);
    largest.add(zero); // a concatenation of nothing is no node
    Value[] parts = largest.toArray(Value[]::new);
    copy.graph().addOutput(output, copy.op("Concat", Map.of("axis", Attr.of(0)), type, parts));
  }

  private void measure(Value v) {
    if (v.dtype() != DType.F32) {
      return;
    }
    TensorType open = new TensorType(DType.F32, Shape.of(Dim.UNKNOWN));
    Value abs = copy.op("Abs", Map.of(), v.type(), copy.read(v));
    Value flat = copy.op("Reshape", Map.of(), open, abs, flatten);
    // With a zero in front, values without elements have a largest one too.
    Value some = copy.op("Concat", Map.of("axis", Attr.of(0)), open, zero, flat);
    measured.add(v);
    largest.add(
        copy.op("ReduceMax", Map.of("keepdims", Attr.of(1)), TensorType.of(DType.F32, 1), some));
  }

  private static Value constant(TensorData data) {
    return new Value.Constant(data, new Provenance.Synthetic("probe"));
  }
}
