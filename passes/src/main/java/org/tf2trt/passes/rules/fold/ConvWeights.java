// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.fold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;
import org.tf2trt.passes.facts.PerChannel;
import org.tf2trt.passes.facts.QuantizedConstants;

/**
 * The constant weights of a Conv ({@code [out, in/group, k..]}) or ConvTranspose ({@code [in,
 * out/group, k..]}), with the arithmetic that folds neighbours into them. Results are lazy.
 */
final class ConvWeights {
  private final Node conv;
  private final TensorData weights;
  private final Optional<TensorData> bias;
  private final long group;
  private final boolean transposed;

  private ConvWeights(Node conv, TensorData weights, Optional<TensorData> bias) {
    this.conv = conv;
    this.weights = weights;
    this.bias = bias;
    this.group = conv.intAttr("group", 1);
    this.transposed = conv.is("onnx.ConvTranspose");
  }

  /** Empty when the weights or a bias are not constant. */
  static Optional<ConvWeights> of(Node conv) {
    return of(conv, conv.input(1).constant());
  }

  /** Also of weights that are stored quantised, for folding that keeps them as they are. */
  static Optional<ConvWeights> kept(Node conv) {
    return of(conv, QuantizedConstants.floats(conv.input(1)));
  }

  private static Optional<ConvWeights> of(Node conv, Optional<TensorData> weights) {
    Optional<Value> given = conv.optionalInput(2);
    Optional<TensorData> bias = given.flatMap(Value::constant);
    return weights.isEmpty() || given.isPresent() && bias.isEmpty()
        ? Optional.empty()
        : Optional.of(new ConvWeights(conv, weights.get(), bias));
  }

  Node conv() {
    return conv;
  }

  TensorData weights() {
    return weights;
  }

  Optional<TensorData> bias() {
    return bias;
  }

  /** Of the input and the output of the convolution. */
  int rank() {
    return weights.rank();
  }

  /** The numbers of a constant that varies along the output's channels only. */
  Optional<TensorData> perOutput(Value constant) {
    long[] shape = weights.shape();
    return PerChannel.along(constant, rank(), 1, transposed ? shape[1] * group : shape[0]);
  }

  /** The numbers of a constant that varies along the input's channels only. */
  Optional<TensorData> perInput(Value constant) {
    long[] shape = weights.shape();
    return PerChannel.along(constant, rank(), 1, transposed ? shape[0] : shape[1] * group);
  }

  /**
   * Weights whose output channel {@code i} is multiplied (Mul) or divided (Div) by {@code s[i]}.
   */
  Optional<TensorData> scaleOutputs(String op, TensorData s) {
    return scale(op, s, transposed ? 2 : 1);
  }

  /** Weights whose input channel {@code i} is multiplied (Mul) or divided (Div) by {@code s[i]}. */
  Optional<TensorData> scaleInputs(String op, TensorData s) {
    return scale(op, s, transposed ? 1 : 2);
  }

  /** Scales along an axis of the weights seen as {@code [group, .., .., k..]}. */
  private Optional<TensorData> scale(String op, TensorData s, int axis) {
    long[] shape = weights.shape();
    long[] grouped = new long[shape.length + 1];
    System.arraycopy(shape, 0, grouped, 1, shape.length);
    grouped[0] = group;
    grouped[1] /= group;
    long[] factor = new long[grouped.length];
    Arrays.fill(factor, 1);
    factor[0] = group;
    factor[axis] = grouped[axis];
    return Constants.compute(op, weights.reshape(grouped), s.reshape(factor))
        .map(t -> t.reshape(shape));
  }

  /** What a constant per input channel adds to each output channel where no window is padded. */
  Optional<TensorData> throughWeights(TensorData shift) {
    long[] axes = new long[rank() - 1];
    Arrays.setAll(axes, i -> i + 1);
    Map<String, Attr> attrs = Map.of("keepdims", Attr.of(0));
    return scaleInputs("Mul", shift)
        .flatMap(t -> Constants.compute("ReduceSum", attrs, t, TensorData.vector(axes)));
  }

  /** The bias plus {@code shift}, one number for each output channel. */
  Optional<TensorData> shiftedBias(TensorData shift) {
    return bias.isEmpty() ? Optional.of(shift) : Constants.compute("Add", bias.get(), shift);
  }

  /** The same convolution of {@code x} with other weights. */
  Value rebuild(OnnxBuilder b, Value x, TensorData newWeights, Optional<TensorData> newBias) {
    Value w = newWeights == weights ? conv.input(1) : b.constant(newWeights);
    List<Value> inputs = new ArrayList<>(List.of(x, w));
    newBias.ifPresent(t -> inputs.add(b.constant(t)));
    String op = conv.op().substring("onnx.".length());
    return b.ops(op, 1, conv.attrs(), inputs, List.of()).get(0);
  }
}
