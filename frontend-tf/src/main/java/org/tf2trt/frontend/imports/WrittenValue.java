// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.List;
import java.util.Map;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/** The value that a write leaves in its variable, as an op on tensors. */
final class WrittenValue {
  private static final Map<String, String> OPS =
      Map.ofEntries(
          Map.entry("AssignAdd", "AddV2"),
          Map.entry("AssignAddVariableOp", "AddV2"),
          Map.entry("AssignSub", "Sub"),
          Map.entry("AssignSubVariableOp", "Sub"),
          Map.entry("ScatterNdUpdate", "TensorScatterUpdate"),
          Map.entry("ScatterNdAdd", "TensorScatterAdd"),
          Map.entry("ScatterNdSub", "TensorScatterSub"),
          Map.entry("ResourceScatterNdUpdate", "TensorScatterUpdate"),
          Map.entry("ResourceScatterNdAdd", "TensorScatterAdd"),
          Map.entry("ResourceScatterNdSub", "TensorScatterSub"),
          Map.entry("ScatterUpdate", "TensorScatterUpdate"),
          Map.entry("ScatterAdd", "TensorScatterAdd"),
          Map.entry("ScatterSub", "TensorScatterSub"),
          Map.entry("ResourceScatterUpdate", "TensorScatterUpdate"),
          Map.entry("ResourceScatterAdd", "TensorScatterAdd"),
          Map.entry("ResourceScatterSub", "TensorScatterSub"),
          Map.entry("StridedSliceAssign", "TensorStridedSliceUpdate"),
          Map.entry("ResourceStridedSliceAssign", "TensorStridedSliceUpdate"));

  private WrittenValue() {}

  /** Whether the new value does not depend on the one before. */
  static boolean replaces(NodeDef write) {
    return write.getOp().equals("Assign") || write.getOp().equals("AssignVariableOp");
  }

  /**
   * Appends what computes the new value.
   *
   * @param values the value before, unless the write {@link #replaces} it, and the other inputs
   */
  static Value of(NodeDef write, List<Value> values, Scope scope, FlowImporter.Bodies bodies) {
    if (replaces(write)) {
      return values.get(0);
    }
    Provenance at = new Provenance.Tf(scope.path(), write.getName());
    String op = OPS.get(write.getOp());
    boolean slice = op.equals("TensorStridedSliceUpdate");
    Map<String, Attr> attrs = slice ? NodeTypes.attrs(write, scope.callAttrs()) : Map.of();
    boolean rows = op.startsWith("TensorScatter") && !write.getOp().contains("Nd");
    return new Ops(at, bodies).op(op, attrs, rows ? rows(values, at, bodies) : values);
  }

  /** One row for each index; a scalar is broadcast to all of them. */
  private static List<Value> rows(List<Value> values, Provenance at, FlowImporter.Bodies bodies) {
    Ops ops = new Ops(at, bodies);
    Value before = values.get(0);
    Value indices = values.get(1);
    Value old =
        ops.op("GatherV2", Map.of("batch_dims", Attr.of(0)), List.of(before, indices, ops.at(0)));
    Map<String, Attr> ints = Map.of("out_type", new Attr.Type(DType.I64));
    Value shape = ops.op("Shape", ints, List.of(old), DType.I64);
    return List.of(
        before,
        ops.op("ExpandDims", Map.of(), List.of(indices, ops.at(-1))),
        ops.op("BroadcastTo", Map.of(), List.of(values.get(2), shape)));
  }

  /** Appends nodes of one provenance, whose result is of their first input's type. */
  private record Ops(Provenance at, FlowImporter.Bodies bodies) {
    Value op(String name, Map<String, Attr> attrs, List<Value> inputs) {
      return op(name, attrs, inputs, inputs.get(0).dtype());
    }

    Value op(String name, Map<String, Attr> attrs, List<Value> inputs, DType result) {
      List<TensorType> types = List.of(TensorType.unranked(result));
      return bodies.append(NodeSpec.of("tf." + name, inputs, attrs, types, at)).get(0);
    }

    Value at(int axis) {
      return new Value.Constant(TensorData.ofInts(new long[0], axis), at);
    }
  }
}
