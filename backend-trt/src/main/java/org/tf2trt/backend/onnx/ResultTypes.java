// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.backend.onnx.format.OpName;
import org.tf2trt.backend.onnx.opset.OpsetConversion;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.schema.Formal;
import org.tf2trt.ir.schema.OpSchema;
import org.tf2trt.ir.schema.Schemas;

/** Element types of results that a file does not tell, from the op's schema and its inputs. */
final class ResultTypes {
  private static final List<String> TYPE_ATTRIBUTES =
      List.of("to", "dtype", "output_datatype", "output_dtype");

  private ResultTypes() {}

  /** The type of result {@code index}, its shape unknown; empty when even the dtype is. */
  static Optional<TensorType> infer(
      String op, List<Value> inputs, Map<String, Attr> attrs, List<Graph> bodies, int index) {
    OpName name = OpName.of(op);
    return bodies.isEmpty()
        ? name.domain().isEmpty()
            ? Schemas.onnxForm(name.type(), OpsetConversion.CANONICAL)
                .flatMap(s -> dtype(s, inputs, attrs, index))
                .map(TensorType::unranked)
            : Optional.empty()
        : ofBody(name.type(), bodies.get(0), index);
  }

  /** A result of If is that of its branches; Loop's bodies give the condition first. */
  private static Optional<TensorType> ofBody(String op, Graph body, int index) {
    int output = op.equals("Loop") ? index + 1 : index;
    return output < body.outputs().size()
        ? Optional.of(TensorType.unranked(body.outputs().get(output).dtype()))
        : Optional.empty();
  }

  private static Optional<DType> dtype(
      OpSchema schema, List<Value> inputs, Map<String, Attr> attrs, int index) {
    for (String name : TYPE_ATTRIBUTES) {
      if (attrs.get(name) instanceof Attr.Type t) {
        return Optional.of(t.value());
      }
    }
    if (schema.op().equals("ConstantOfShape")) {
      return Optional.of(
          attrs.get("value") instanceof Attr.Tensor t ? t.value().dtype() : DType.F32);
    }
    Formal formal = schema.outputs().get(Math.min(index, schema.outputs().size() - 1));
    for (int i = 0; i < inputs.size(); i++) {
      Formal in = schema.inputs().get(Math.min(i, schema.inputs().size() - 1));
      if (in.type().equals(formal.type()) && inputs.get(i).isPresent()) {
        return Optional.of(inputs.get(i).dtype());
      }
    }
    Set<DType> allowed = schema.types(formal);
    if (allowed.size() == 1) {
      return Optional.of(allowed.iterator().next());
    }
    return byDefault(schema.op(), inputs);
  }

  /** What the op makes when nothing in the node says it. */
  private static Optional<DType> byDefault(String op, List<Value> inputs) {
    return switch (op) {
      case "QuantizeLinear" -> Optional.of(DType.U8);
      case "Multinomial" -> Optional.of(DType.I32);
      case "EyeLike", "RandomNormalLike", "RandomUniformLike", "Bernoulli" ->
          Optional.of(inputs.get(0).dtype());
      case "RandomNormal",
          "RandomUniform",
          "BlackmanWindow",
          "HannWindow",
          "HammingWindow",
          "MelWeightMatrix" ->
          Optional.of(DType.F32);
      default -> Optional.empty();
    };
  }
}
