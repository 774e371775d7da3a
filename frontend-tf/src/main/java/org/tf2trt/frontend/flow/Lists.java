// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Shapes;

/**
 * Lists of tensors as tensors: {@code [length, element...]}. A list that is reserved with elements
 * of unknown shape stays the TensorFlow node that makes it until something tells their shape.
 */
final class Lists {
  static final String RESERVE = "tf.TensorListReserve";
  static final String EMPTY = "tf.EmptyTensorList";

  private final TfNode node;
  private final OnnxBuilder build;

  Lists(TfNode node, OnnxBuilder build) {
    this.node = node;
    this.build = build;
  }

  /** A list whose elements have no shape yet. */
  static boolean isOpen(Value list) {
    return list.dtype() == DType.VARIANT;
  }

  /** The node that makes an open list. */
  private Node maker(Value list) {
    return list.producer()
        .filter(n -> n.is(RESERVE) || n.is(EMPTY))
        .orElseThrow(
            () ->
                node.refuse(
                    "nothing is known of the list of tensors that it reads",
                    "replace it by a tensor in the model"));
  }

  /** Elements of a list that is a tensor already. */
  static Shape elements(Value list) {
    Shape s = list.shape();
    return isOpen(list) || !s.isRanked() || s.rank() == 0
        ? Shape.UNRANKED
        : Shape.of(s.dims().subList(1, s.rank()));
  }

  /** The element shape that an open list declares. */
  static Shape declared(Node maker, OnnxBuilder build) {
    return shape(maker.input(0), build);
  }

  /** A shape operand: a vector with -1 for what is open, or the scalar -1. */
  static Shape shape(Value operand, OnnxBuilder build) {
    Optional<List<Dim>> dims = build.values(operand);
    if (!operand.shape().hasRank(1) || dims.isEmpty()) {
      return Shape.UNRANKED;
    }
    return Shape.of(
        dims.get().stream().map(d -> d.isKnown() && d.size() < 0 ? Dim.UNKNOWN : d).toList());
  }

  static DType elementType(Node maker) {
    return ((Attr.Type) maker.attrs().get("element_dtype")).value();
  }

  /** The number of elements as an i64 vector of one. */
  Value length(Value list) {
    if (!isOpen(list)) {
      return build.dim(list, 0);
    }
    Node maker = maker(list);
    return maker.is(EMPTY)
        ? build.ints(0)
        : build.reshape(build.cast(maker.input(1), DType.I64), 1);
  }

  /** The list as a tensor; elements never written are 0. */
  Value tensor(Value list, Shape known) {
    if (!isOpen(list)) {
      return list;
    }
    Node maker = maker(list);
    Shape shape = declared(maker, build);
    Shape merged = Shapes.merge(shape, known);
    Value elementShape =
        Measured.shape(node, build, merged)
            .orElseThrow(
                () ->
                    node.refuse(
                        "the elements of the list %s have shape %s, which is not known"
                            .formatted(maker, merged),
                        "give the list an element_shape in the model"));
    return zeros(length(list), elementShape, elementType(maker));
  }

  /** The list as a tensor whose elements are like {@code item}, a tensor. */
  Value tensorLike(Value list, Value item) {
    if (!isOpen(list)) {
      return list;
    }
    return zeros(length(list), build.shapeOf(item), item.dtype());
  }

  /** Lists that were packed, with elements like the rows of {@code items}, as one tensor. */
  Value vector(Value packed, Value items) {
    Node pack =
        packed
            .producer("tf.Pack")
            .orElseThrow(
                () ->
                    node.refuse(
                        "nothing is known of the vector of lists that it reads",
                        "replace it by a tensor in the model"));
    List<Value> lists = new ArrayList<>();
    for (int i = 0; i < pack.inputs().size(); i++) {
      Value item = build.op("Gather", Map.of("axis", Attr.of(0L)), items, Counter.number(build, i));
      lists.add(tensorLike(pack.input(i), item));
      if (!Shapes.compatible(lists.get(0).shape(), lists.get(i).shape())) {
        throw node.refuse(
            "the lists have different lengths: %s and %s"
                .formatted(lists.get(0).type(), lists.get(i).type()),
            "push to each list on its own in the model");
      }
    }
    return build.concat(0, lists.stream().map(l -> build.unsqueeze(l, 0)).toArray(Value[]::new));
  }

  /** {@code count} elements of 0. */
  Value zeros(Value count, Value elementShape, DType dtype) {
    Value shape = build.concat(0, count, elementShape);
    TensorData zero = TensorData.scalar(dtype, 0).reshape(1);
    return build.op("ConstantOfShape", Map.of("value", new Attr.Tensor(zero)), shape);
  }

  /** A tensor like an element, without any rows; a vector when the other dims are not known. */
  Value none(Value item) {
    Shape rest = Shape.of(item.shape().dims().subList(1, item.shape().rank()));
    return Measured.shape(node, build, rest)
        .map(shape -> zeros(build.ints(0), shape, item.dtype()))
        .orElseGet(() -> zeros(build.ints(0), build.ints(), item.dtype()));
  }

  /** Element {@code index}, an integer scalar. */
  Value read(Value list, Value index, Shape known) {
    Value tensor = tensor(list, known);
    return build.op("Gather", Map.of("axis", Attr.of(0L)), tensor, index);
  }

  /** The list with element {@code index}, an integer scalar, replaced. */
  Value write(Value list, Value index, Value item) {
    boolean first = index.constant().filter(c -> c.longs()[0] == 0).isPresent();
    boolean only = build.values(length(list)).filter(d -> d.get(0).is(1)).isPresent();
    if (first && only) {
      return build.unsqueeze(item, 0);
    }
    Value tensor = tensorLike(list, item);
    Value at = build.reshape(build.cast(index, DType.I64), 1, 1);
    return build.op("ScatterND", tensor, at, build.unsqueeze(item, 0));
  }

  /** The tensor cut off or filled up with 0 to {@code count} elements, an i64 vector of one. */
  Value resize(Value tensor, Value count) {
    Value have = build.dim(tensor, 0);
    Optional<List<Dim>> a = build.values(have);
    if (a.isPresent() && a.equals(build.values(count)) && !a.get().get(0).isUnknown()) {
      return tensor;
    }
    Value more = build.sub(count, have);
    int others = tensor.shape().rank() - 1;
    Value none = build.ints(new long[others]);
    Value one = build.ints(0);
    Value pads = build.concat(0, one, none, more, none);
    return build.op("Pad", tensor, pads, build.scalar(tensor.dtype(), 0));
  }
}
