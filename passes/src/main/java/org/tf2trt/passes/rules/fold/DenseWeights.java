// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.PerChannel;
import org.tf2trt.passes.facts.QuantizedConstants;

/**
 * The constant matrix of {@code MatMul(x, W)} or {@code Gemm(x, W, c)}, {@code [in, out]} or, with
 * {@code transB}, {@code [out, in]}, with the arithmetic that folds neighbours into it.
 */
final class DenseWeights {
  private final Node dense;
  private final TensorData weights;
  private final Optional<TensorData> bias;
  private final boolean transposed;

  private DenseWeights(Node dense, TensorData weights, Optional<TensorData> bias) {
    this.dense = dense;
    this.weights = weights;
    this.bias = bias;
    this.transposed = dense.intAttr("transB", 0) != 0;
  }

  /** Empty when W is not a constant matrix, or a Gemm scales, transposes x or adds a variable. */
  static Optional<DenseWeights> of(Node dense) {
    return of(dense, dense.input(1).constant());
  }

  /** Also of a matrix that is stored quantised, for folding that keeps it as it is. */
  static Optional<DenseWeights> kept(Node dense) {
    return of(dense, QuantizedConstants.floats(dense.input(1)));
  }

  private static Optional<DenseWeights> of(Node dense, Optional<TensorData> constant) {
    Optional<TensorData> weights = constant.filter(t -> t.rank() == 2);
    Optional<Value> given = dense.is("onnx.Gemm") ? dense.optionalInput(2) : Optional.empty();
    Optional<TensorData> bias = given.flatMap(Value::constant);
    boolean plain =
        dense.floatAttr("alpha", 1) == 1
            && dense.floatAttr("beta", 1) == 1
            && dense.intAttr("transA", 0) == 0;
    return weights.isEmpty() || given.isPresent() != bias.isPresent() || !plain
        ? Optional.empty()
        : Optional.of(new DenseWeights(dense, weights.get(), bias));
  }

  Node dense() {
    return dense;
  }

  TensorData weights() {
    return weights;
  }

  Optional<TensorData> bias() {
    return bias;
  }

  boolean transposed() {
    return transposed;
  }

  long inputs() {
    return weights.shape()[transposed ? 1 : 0];
  }

  long outputs() {
    return weights.shape()[transposed ? 0 : 1];
  }

  /** The numbers of a constant that varies along the last axis of the result only. */
  Optional<TensorData> perOutput(Value constant) {
    return lastAxis(constant, dense.result().shape(), outputs());
  }

  /** The numbers of a constant that varies along the last axis of x only. */
  Optional<TensorData> perInput(Value constant) {
    return lastAxis(constant, dense.input(0).shape(), inputs());
  }

  private static Optional<TensorData> lastAxis(Value constant, Shape shape, long extent) {
    return shape.isRanked() && shape.rank() > 0
        ? PerChannel.along(constant, shape.rank(), shape.rank() - 1, extent)
        : Optional.empty();
  }

  Optional<TensorData> scaleOutputs(String op, TensorData s) {
    return Constants.compute(op, weights, transposed ? s.reshape(outputs(), 1) : s);
  }

  Optional<TensorData> scaleInputs(String op, TensorData s) {
    return Constants.compute(op, weights, transposed ? s : s.reshape(inputs(), 1));
  }

  /** {@code shift @ W}, one number for each output. */
  Optional<TensorData> throughWeights(TensorData shift) {
    TensorData matrix = transposed ? weights.permute(1, 0) : weights;
    return Constants.compute("MatMul", shift, matrix);
  }

  /** Whether rows can be put in another order: where quantised, each has the same scales. */
  boolean rowsMayMove() {
    Optional<Node> quantised = QuantizedConstants.producer(dense.input(1));
    return quantised.isEmpty()
        || QuantizedConstants.isPerTensor(quantised.get())
        || Math.floorMod(quantised.get().intAttr("axis", 1), 2) == (transposed ? 0 : 1);
  }

  /** The same product of {@code x} with rows in another order, stored as they are now. */
  Value reordered(OnnxBuilder b, Value x, UnaryOperator<TensorData> order) {
    List<Value> inputs = new ArrayList<>(dense.inputs());
    inputs.set(0, x);
    inputs.set(1, stored(b, order));
    return b.ops(dense.op().substring("onnx.".length()), 1, dense.attrs(), inputs, List.of())
        .get(0);
  }

  private Value stored(OnnxBuilder b, UnaryOperator<TensorData> order) {
    Optional<Node> quantised = QuantizedConstants.producer(dense.input(1));
    if (quantised.isEmpty()) {
      return b.constant(order.apply(weights));
    }
    List<Value> inputs = new ArrayList<>(quantised.get().inputs());
    inputs.set(0, b.constant(order.apply(inputs.get(0).constant().orElseThrow())));
    return b.ops("DequantizeLinear", 1, quantised.get().attrs(), inputs, List.of()).get(0);
  }

  /** The same product of {@code x} with other weights. */
  Value rebuild(OnnxBuilder b, Value x, TensorData newWeights, Optional<TensorData> newBias) {
    Value w = newWeights == weights ? dense.input(1) : b.constant(newWeights);
    List<Value> inputs = new ArrayList<>(List.of(x, w));
    newBias.ifPresent(t -> inputs.add(b.constant(t)));
    String op = dense.op().substring("onnx.".length());
    return b.ops(op, 1, dense.attrs(), inputs, List.of()).get(0);
  }
}
