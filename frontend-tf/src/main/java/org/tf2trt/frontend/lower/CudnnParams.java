// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.function.LongFunction;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Where cuDNN has the weights of recurrent layers in its vector of parameters: the matrices of all
 * layers first, then their biases; a layer's forward direction before its backward one. A direction
 * has the matrices {@code [units, inputs]} of its gates for what comes in, then those {@code
 * [units, units]} for the state; and as many biases on either side. TensorFlow's Keras layers write
 * the vector so ({@code _standardize_cudnn_weights}), and TensorFlow's cudnn_rnn_ops.cc names the
 * widths.
 *
 * @param inputs what the first layer reads; the others read the outputs of the one before
 */
record CudnnParams(CudnnCell cell, int layers, int directions, long units, long inputs) {
  CudnnParams withInputs(long known) {
    return new CudnnParams(cell, layers, directions, units, known);
  }

  /** As many inputs as make a vector of this size, or about as many where none do. */
  CudnnParams fitting(long size) {
    return withInputs((size - withInputs(0).size()) / (directions * rows()));
  }

  /** How many states there are of one kind. */
  int count() {
    return layers * directions;
  }

  /** How many numbers the vector has. */
  long size() {
    return biases(layers);
  }

  private long width(int layer) {
    return layer == 0 ? inputs : directions * units;
  }

  private long rows() {
    return cell.gates().length * units;
  }

  /** Where the matrices of a layer begin. */
  private long matrices(int layer) {
    long at = 0;
    for (int i = 0; i < layer; i++) {
      at += directions * rows() * (width(i) + units);
    }
    return at;
  }

  /** Where the biases of a layer begin. */
  private long biases(int layer) {
    return matrices(layers) + 2L * layer * directions * rows();
  }

  /** W, R and B of a layer, as ONNX's op takes them. */
  List<Value> operands(int layer, Value params, OnnxBuilder build) {
    long each = rows() * (width(layer) + units);
    long state = matrices(layer) + rows() * width(layer);
    return List.of(
        matrix(params, d -> matrices(layer) + d * each, width(layer), build),
        matrix(params, d -> state + d * each, units, build),
        bias(params, layer, build));
  }

  /** {@code [directions, gates * units, width]}. */
  private Value matrix(Value params, LongFunction<Long> start, long width, OnnxBuilder build) {
    Value[] each = new Value[directions];
    for (int d = 0; d < directions; d++) {
      Value part = part(params, start.apply(d), rows() * width, build);
      Value gates = build.reshape(part, 1, cell.gates().length, units * width);
      each[d] = build.reshape(inOrder(gates, 1, build), 1, rows(), width);
    }
    return build.concat(0, each);
  }

  /** {@code [directions, 2 * gates * units]}. */
  private Value bias(Value params, int layer, OnnxBuilder build) {
    Value part = part(params, biases(layer), 2L * directions * rows(), build);
    Value gates = build.reshape(part, directions, 2, cell.gates().length, units);
    return build.reshape(inOrder(gates, 2, build), directions, 2 * rows());
  }

  private Value inOrder(Value gates, long axis, OnnxBuilder build) {
    return cell.gates().length == 1
        ? gates
        : GatherLowerings.gather(build, gates, build.ints(cell.gates()), axis);
  }

  private static Value part(Value params, long start, long count, OnnxBuilder build) {
    return SliceLowerings.slice(build, params, 0, start, start + count);
  }
}
