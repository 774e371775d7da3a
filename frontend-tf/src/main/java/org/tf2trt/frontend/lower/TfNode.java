// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.infer.Inference;

/**
 * A TensorFlow node while it is lowered: its lowered inputs and its attributes. Attributes that the
 * exporter stripped have their defaults already; asking for one that the op lacks is a bug.
 */
public final class TfNode {
  private final Node node;
  private final List<Value> inputs;
  private final Inference inference;
  private final int opset;
  private final LoweringOptions options;
  private final Inner inner;

  /** Lowers what a lowering copied: the branches and bodies of control flow. */
  interface Inner {
    /** Lowers nodes in their order; {@code outputs} tells what of them is needed. */
    void lower(List<Node> nodes, Graph outputs);
  }

  /** Something inside a node was refused and has been reported. */
  static final class RefusedInside extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** The node as if it had these inputs: those it has in ONNX's types. */
  TfNode(
      Node node,
      List<Value> inputs,
      Inference inference,
      int opset,
      LoweringOptions options,
      Inner inner) {
    this.node = node;
    this.inputs = List.copyOf(inputs);
    this.inference = inference;
    this.opset = opset;
    this.options = options;
    this.inner = inner;
  }

  /** The node itself, for lowerings that move its bodies. */
  public Node origin() {
    return node;
  }

  /** Lowers all nodes of a graph that a lowering made; its outputs are lowered afterwards. */
  public void lower(Graph graph) {
    inner.lower(graph.nodes(), graph);
  }

  /** Lowers nodes that a lowering put before this one; {@code outputs} holds what they give. */
  public void lower(List<Node> nodes, Graph outputs) {
    inner.lower(nodes, outputs);
  }

  /** The same node over other inputs. */
  TfNode withInputs(List<Value> others) {
    return new TfNode(node, others, inference, opset, options, inner);
  }

  /** The op without its dialect, for example {@code Conv2D}. */
  public String op() {
    return node.op().substring("tf.".length());
  }

  /** The node's name with the call path before it. */
  public String name() {
    return node.provenance().name();
  }

  /** The opset that will be emitted. */
  public int opset() {
    return opset;
  }

  /** What the user asked for. */
  public LoweringOptions options() {
    return options;
  }

  public int inputCount() {
    return inputs.size();
  }

  public List<Value> inputs() {
    return inputs;
  }

  /** Input {@code i}; refuses a node that has fewer. */
  public Value input(int i) {
    if (i >= inputs.size()) {
      throw DiagnosticException.of(
          Code.MALFORMED_GRAPH,
          node.toString(),
          "input " + i + " is missing; the node has " + inputs.size(),
          "export the model again");
    }
    return inputs.get(i);
  }

  /** Input {@code i} of an op that takes this rank only, so that it is known from here on. */
  Value input(int i, int rank) {
    Value v = input(i);
    if (!v.shape().isRanked()) {
      v.refine(Shape.unknown(rank));
    }
    if (v.shape().rank() != rank) {
      throw DiagnosticException.of(
          Code.BAD_SHAPE,
          node.toString(),
          "input " + i + " is " + v.type() + ", expected rank " + rank,
          "give its shape with --shape");
    }
    return v;
  }

  public int outputCount() {
    return node.results().size();
  }

  /** The dtype of output {@code i}: that of each part where it is complex. */
  public DType outputType(int i) {
    return RealTypes.of(node.result(i).dtype());
  }

  boolean isComplex(int output) {
    return node.result(output).dtype().isComplex();
  }

  public boolean isUsed(int output) {
    return !node.result(output).isUnused();
  }

  public List<Graph> bodies() {
    return node.bodies();
  }

  /** The rank of input {@code i}; refuses when it is not known. */
  public int rank(int i) {
    if (!input(i).shape().isRanked()) {
      throw refuse(
          "the rank of input " + i + " is not known, and this op needs it",
          "give its shape with --shape");
    }
    return input(i).shape().rank();
  }

  /** All attributes, in the order of their names, without TensorFlow's own notes. */
  public Map<String, Attr> attrs() {
    return node.attrs();
  }

  public boolean has(String attr) {
    return node.attrs().containsKey(attr);
  }

  public DType type(String attr) {
    return RealTypes.of(get(attr, Attr.Type.class).value());
  }

  public long integer(String attr) {
    return get(attr, Attr.Int.class).value();
  }

  public double number(String attr) {
    return get(attr, Attr.Real.class).value();
  }

  public boolean flag(String attr) {
    return get(attr, Attr.Bool.class).value();
  }

  public String string(String attr) {
    return get(attr, Attr.Str.class).value();
  }

  public long[] integers(String attr) {
    return get(attr, Attr.Ints.class).toArray();
  }

  public Shape shape(String attr) {
    return get(attr, Attr.ShapeOf.class).value();
  }

  public <A extends Attr> A get(String attr, Class<A> kind) {
    Attr value = node.attrs().get(attr);
    if (!kind.isInstance(value)) {
      String found = value == null ? "it is missing" : "found " + value.text();
      throw DiagnosticException.of(
          Code.MALFORMED_GRAPH,
          node.toString(),
          "attribute " + attr + " should be of kind " + kind.getSimpleName() + ", " + found,
          "");
    }
    return kind.cast(value);
  }

  /** The elements of an input that must be a constant, as 64-bit integers. */
  public long[] constantIntegers(int input) {
    Optional<long[]> known = knownIntegers(input);
    return known.orElseThrow(
        () ->
            DiagnosticException.of(
                Code.NOT_CONSTANT,
                node.toString(),
                "input " + input + " must be known at conversion time",
                "pin the shapes it is computed from with --shape, or the values with --value, or cut the"
                    + " graph after it"));
  }

  /** The single element of an input that must be a constant. */
  public long constantInteger(int input) {
    return constantIntegers(input)[0];
  }

  /** The elements of an integer input when all are known. */
  public Optional<long[]> knownIntegers(int input) {
    Value v = input(input);
    if (v.constant().isPresent() && v.dtype().isInteger()) {
      return v.constant().map(TensorData::longs);
    }
    return inference
        .values(v)
        .filter(dims -> dims.stream().allMatch(Dim::isKnown))
        .map(dims -> dims.stream().mapToLong(Dim::size).toArray());
  }

  /** An input's elements when it is a constant. */
  public Optional<TensorData> constant(int input) {
    return input(input).constant();
  }

  /** This form of the op has no lowering: what is there, and what the user can do. */
  public DiagnosticException refuse(String message, String nextStep) {
    return DiagnosticException.of(Code.UNSUPPORTED_FORM, node.toString(), message, nextStep);
  }
}
