// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.check.SchemaCheck;
import org.tf2trt.ir.schema.Bfloat16Ops;
import org.tf2trt.ir.schema.Formal;
import org.tf2trt.ir.schema.OpSchema;
import org.tf2trt.ir.schema.Schemas;

/**
 * Which inputs and results of a node change their type when it computes in low precision; the
 * others stay as they are. Whether a position may change follows from the op's schema: its type
 * variable has to allow the low type.
 *
 * @param inputs indices of float32 inputs that become low
 * @param results indices of float32 results that become low
 */
record LowForm(Set<Integer> inputs, Set<Integer> results) {
  /**
   * Ops that make floats from nothing, from integers or with an attribute that names the type, and
   * ops that no runtime computes in low precision. Their share of the work is small.
   */
  private static final Set<String> FLOAT32_ONLY =
      Set.of(
          "Bernoulli",
          "BlackmanWindow",
          "ConstantOfShape",
          "DFT",
          "DequantizeLinear",
          "Det",
          "DynamicQuantizeLinear",
          "EyeLike",
          "HammingWindow",
          "HannWindow",
          "MelWeightMatrix",
          "Multinomial",
          "NonMaxSuppression",
          "QuantizeLinear",
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike",
          "Range",
          "STFT");

  /**
   * TensorRT's parser starts states that are not given, and fills up short sequences, with float32
   * zeros whatever type the weights have, and then refuses to mix the two (RNNHelpers.cpp of
   * onnx-tensorrt).
   */
  private static final Set<String> FLOAT32_STATES = Set.of("GRU", "LSTM", "RNN");

  /**
   * TensorRT has these in float32 and float16, not in bfloat16. ConvTranspose and Resize are said
   * to work, but 10.6 finds no kernels for them.
   */
  private static final Set<String> NO_BFLOAT16 =
      Set.of(
          "ConvTranspose", "DeformConv", "GridSample", "HardSwish", "Mish", "Resize", "RoiAlign");

  /** Resize: roi and scales stay float32, whatever the image is. */
  private static final Set<String> FIRST_INPUT_ONLY = Set.of("Resize");

  /** Empty when the node has no low form. */
  static Optional<LowForm> of(Node node, Precision low) {
    String op = node.op().startsWith("onnx.") ? node.op().substring("onnx.".length()) : "";
    if (op.isEmpty()
        || op.indexOf('.') >= 0
        || !node.bodies().isEmpty()
        || FLOAT32_ONLY.contains(op)
        || FLOAT32_STATES.contains(op)
        || accumulates(op, node)
        || low == Precision.BF16 && NO_BFLOAT16.contains(op)) {
      return Optional.empty();
    }
    return op.equals("Cast") ? cast(node) : bySchema(node, op, low);
  }

  /** ONNX Runtime scatters halves, but adds and multiplies none that meet. */
  private static boolean accumulates(String op, Node node) {
    return op.startsWith("Scatter") && !node.stringAttr("reduction", "none").equals("none");
  }

  /** From integers a cast gives either type; to integers it takes either. */
  private static Optional<LowForm> cast(Node node) {
    boolean from = node.input(0).dtype() == DType.F32;
    boolean to = node.result().dtype() == DType.F32;
    DType other = from ? node.result().dtype() : node.input(0).dtype();
    if (from == to || other.isFloat()) {
      return Optional.empty();
    }
    return Optional.of(new LowForm(from ? Set.of(0) : Set.of(), to ? Set.of(0) : Set.of()));
  }

  private static Optional<LowForm> bySchema(Node node, String op, Precision low) {
    OpSchema schema = Schemas.onnxForm(op, SchemaCheck.OPSET).orElse(null);
    if (schema == null) {
      return Optional.empty();
    }
    int limit = FIRST_INPUT_ONLY.contains(op) ? 1 : Integer.MAX_VALUE;
    Set<Integer> inputs = changing(schema, schema.inputs(), node.inputs(), low, limit);
    Set<Integer> results =
        changing(schema, schema.outputs(), node.results(), low, Integer.MAX_VALUE);
    return inputs.isEmpty() ? Optional.empty() : Optional.of(new LowForm(inputs, results));
  }

  private static Set<Integer> changing(
      OpSchema schema, List<Formal> formals, List<Value> values, Precision low, int limit) {
    Set<Integer> indices = new LinkedHashSet<>();
    for (int i = 0; i < Math.min(limit, values.size()); i++) {
      Formal formal = formals.get(Math.min(i, formals.size() - 1));
      Value v = values.get(i);
      if (v.isPresent() && v.dtype() == DType.F32 && allows(schema, formal, low)) {
        indices.add(i);
      }
    }
    return indices;
  }

  private static boolean allows(OpSchema schema, Formal formal, Precision low) {
    if (!schema.variables().containsKey(formal.type())) {
      return false;
    }
    Set<DType> types = schema.types(formal);
    // What takes float16 and stands in the table takes bfloat16 from opset 22 on.
    return types.contains(low.dtype())
        || low == Precision.BF16 && types.contains(DType.F16) && Bfloat16Ops.has(schema.op());
  }
}
