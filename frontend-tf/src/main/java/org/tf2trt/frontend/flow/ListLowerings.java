// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.frontend.lower.LoweringTable;
import org.tf2trt.frontend.lower.RaggedVariants;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Shapes;

/** TensorList ops on lists that are tensors of one dim more. */
final class ListLowerings {
  private ListLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("TensorListReserve", (n, b) -> n.origin().result());
    table.one("EmptyTensorList", (n, b) -> n.origin().result());
    table.one("TensorListFromTensor", (n, b) -> n.input(0));
    table.one("TensorListStack", ListLowerings::stack);
    table.one("TensorListGetItem", ListLowerings::getItem);
    table.one("TensorListSetItem", ListLowerings::setItem);
    table.one("TensorListGather", ListLowerings::gather);
    table.one("TensorListLength", ListLowerings::length);
    table.one("TensorListElementShape", ListLowerings::elementShape);
    table.one("TensorListPushBack", ListLowerings::pushBack);
    table.one("TensorListPushBackBatch", ListLowerings::pushBackBatch);
    table.add("TensorListPopBack", ListLowerings::popBack);
    table.one("TensorListResize", ListLowerings::resize);
    table.one("TensorListConcatLists", ListLowerings::concatLists);
    table.one("TensorListScatter", (n, b) -> scatter(n, b, false));
    table.one("TensorListScatterV2", (n, b) -> scatter(n, b, true));
    table.one("TensorListScatterIntoExistingList", ListLowerings::scatterInto);
    table.add("TensorListConcat", ListLowerings::concat);
    table.add("TensorListConcatV2", ListLowerings::concat);
    table.one("TensorListSplit", ListLowerings::split);
  }

  /** What the operand says of the elements, and what the list itself declares. */
  private static Shape known(TfNode node, OnnxBuilder build, int operand) {
    return Lists.shape(node.input(operand), build);
  }

  private static Value stack(TfNode node, OnnxBuilder build) {
    if (Pieces.joined(node.input(0)).isPresent() || RaggedVariants.isEncoded(node.input(0))) {
      return node.input(0); // rows of a ragged tensor, which what decodes them puts together
    }
    Value tensor = new Lists(node, build).tensor(node.input(0), known(node, build, 1));
    return refined(tensor, known(node, build, 1));
  }

  /** What the model says of elements is believed, as far as nothing is known yet. */
  private static Value refined(Value tensor, Shape elements) {
    if (tensor instanceof Value.Result && elements.isRanked()) {
      Shape now = tensor.shape();
      List<org.tf2trt.ir.Dim> dims = new java.util.ArrayList<>(elements.dims());
      dims.add(0, now.isRanked() ? now.dim(0) : org.tf2trt.ir.Dim.UNKNOWN);
      if (Shapes.compatible(now, Shape.of(dims))) {
        tensor.refine(Shapes.merge(now, Shape.of(dims)));
      }
    }
    return tensor;
  }

  private static Value getItem(TfNode node, OnnxBuilder build) {
    if (RaggedVariants.isEncoded(node.input(0))) {
      return RaggedVariants.row(node, build, node.input(0), node.input(1));
    }
    Optional<List<Value>> pieces = Pieces.uneven(node.input(0), build);
    if (pieces.isPresent()) {
      return Pieces.at(node, pieces.get(), 1);
    }
    return new Lists(node, build).read(node.input(0), node.input(1), known(node, build, 2));
  }

  private static Value setItem(TfNode node, OnnxBuilder build) {
    Lists lists = new Lists(node, build);
    Value list = node.input(0);
    Value index = node.input(1);
    if (grows(node.origin())) {
      Value item = node.input(2);
      Value next = build.add(build.reshape(build.cast(index, DType.I64), 1), build.ints(1));
      list = lists.tensorLike(list, item);
      list = lists.resize(list, build.op("Max", build.dim(list, 0), next));
    }
    return lists.write(list, index, node.input(2));
  }

  /** Whether a TensorListSetItem past the end makes the list longer, as dynamic arrays ask for. */
  static boolean grows(Node setItem) {
    Attr flag = setItem.attrs().get("resize_if_index_out_of_bounds");
    return flag instanceof Attr.Bool b && b.value();
  }

  private static Value gather(TfNode node, OnnxBuilder build) {
    Lists lists = new Lists(node, build);
    Value tensor = lists.tensor(node.input(0), known(node, build, 2));
    Value indices = build.cast(node.input(1), DType.I64);
    if (ListOrder.isAll(build, indices, lists.length(tensor))) {
      return refined(tensor, known(node, build, 2));
    }
    return build.op("Gather", Map.of("axis", Attr.of(0L)), tensor, node.input(1));
  }

  private static Value length(TfNode node, OnnxBuilder build) {
    Optional<List<Value>> pieces = Pieces.uneven(node.input(0), build);
    if (pieces.isPresent()) {
      return Pieces.count(pieces.get(), build);
    }
    Value length = new Lists(node, build).length(node.input(0));
    return build.cast(build.reshape(length), DType.I32);
  }

  private static Value elementShape(TfNode node, OnnxBuilder build) {
    Value list = node.input(0);
    DType dtype = node.outputType(0);
    if (Lists.isOpen(list)) {
      return build.cast(list.producer().orElseThrow().input(0), dtype);
    }
    return build.cast(build.op("Shape", Map.of("start", Attr.of(1L)), list), dtype);
  }

  private static Value pushBack(TfNode node, OnnxBuilder build) {
    Lists lists = new Lists(node, build);
    Value list = node.input(0);
    if (Pieces.differ(list, node.input(1)) || Pieces.uneven(list, build).isPresent()) {
      return node.origin().result();
    }
    Value item = build.unsqueeze(node.input(1), 0);
    boolean empty =
        Lists.isOpen(list)
            && build.values(lists.length(list)).stream().anyMatch(d -> d.get(0).is(0));
    return empty ? item : build.concat(0, lists.tensorLike(list, node.input(1)), item);
  }

  /** A vector of lists is a tensor [lists, length, element...]; each gets one row of the other. */
  private static Value pushBackBatch(TfNode node, OnnxBuilder build) {
    Value items = node.input(1);
    Value lists =
        Lists.isOpen(node.input(0))
            ? new Lists(node, build).vector(node.input(0), items)
            : node.input(0);
    return build.concat(1, lists, build.unsqueeze(items, 1));
  }

  private static List<Value> popBack(TfNode node, OnnxBuilder build) {
    Value tensor = new Lists(node, build).tensor(node.input(0), known(node, build, 1));
    Value rest =
        build.slice(tensor, new long[] {0}, new long[] {-1}, new long[] {0}, new long[] {1});
    Value last =
        build.op("Gather", Map.of("axis", Attr.of(0L)), tensor, build.scalar(DType.I64, -1));
    return List.of(rest, last);
  }

  private static Value resize(TfNode node, OnnxBuilder build) {
    Lists lists = new Lists(node, build);
    Value size = build.reshape(build.cast(node.input(1), DType.I64), 1);
    return lists.resize(lists.tensor(node.input(0), Shape.UNRANKED), size);
  }

  private static Value concatLists(TfNode node, OnnxBuilder build) {
    Lists lists = new Lists(node, build);
    Value a = lists.tensor(node.input(0), Lists.elements(node.input(1)));
    Value b = lists.tensor(node.input(1), Lists.elements(node.input(0)));
    return build.concat(0, a, b);
  }

  /** A list that is as long as the largest index asks, or as the last operand says. */
  private static Value scatter(TfNode node, OnnxBuilder build, boolean sized) {
    Value tensor = node.input(0);
    Value indices = build.cast(node.input(1), DType.I64);
    Value most = build.reduce("ReduceMax", indices, true, 0);
    Value count = build.add(most, build.ints(1));
    if (sized) {
      Value given = build.reshape(build.cast(node.input(3), DType.I64), 1);
      Value none = build.op("Less", given, build.ints(0));
      count = build.where(none, count, given);
    }
    Value elements = build.op("Shape", Map.of("start", Attr.of(1L)), tensor);
    Value zeros = new Lists(node, build).zeros(count, elements, tensor.dtype());
    return put(build, zeros, indices, tensor);
  }

  private static Value scatterInto(TfNode node, OnnxBuilder build) {
    Lists lists = new Lists(node, build);
    Value tensor = node.input(1);
    Value indices = build.cast(node.input(2), DType.I64);
    if (ListOrder.isAll(build, indices, lists.length(node.input(0)))) {
      return tensor;
    }
    Value list = node.input(0);
    if (Lists.isOpen(list)) {
      Value elements = build.op("Shape", Map.of("start", Attr.of(1L)), tensor);
      list = lists.zeros(lists.length(list), elements, tensor.dtype());
    }
    return put(build, list, indices, tensor);
  }

  private static Value put(OnnxBuilder build, Value list, Value indices, Value rows) {
    return build.op("ScatterND", list, build.unsqueeze(indices, 1), rows);
  }

  /** All elements have one shape here, so their concatenation is a reshape. */
  private static List<Value> concat(TfNode node, OnnxBuilder build) {
    Optional<List<Value>> joined = Pieces.joined(node.input(0));
    if (joined.isPresent()) {
      return joined.get();
    }
    Optional<List<Value>> pieces = Pieces.uneven(node.input(0), build);
    if (pieces.isPresent()) {
      return Pieces.concatenated(pieces.get(), build);
    }
    Shape declared =
        node.inputCount() > 1
            ? known(node, build, 1)
            : node.has("element_shape") ? node.shape("element_shape") : Shape.UNRANKED;
    Value tensor = new Lists(node, build).tensor(node.input(0), declared);
    Value shape = build.shapeOf(tensor);
    Value first = build.op("Shape", Map.of("start", Attr.of(0L), "end", Attr.of(1L)), tensor);
    Value rows = build.op("Shape", Map.of("start", Attr.of(1L), "end", Attr.of(2L)), tensor);
    Value rest =
        build.slice(
            shape, new long[] {2}, new long[] {Integer.MAX_VALUE}, new long[] {0}, new long[] {1});
    Value flat = build.reshape(tensor, build.concat(0, build.mul(first, rows), rest));
    Value lengths = build.op("Expand", rows, first);
    return List.of(flat, lengths);
  }

  /** Pieces of different lengths stay apart. */
  private static Value split(TfNode node, OnnxBuilder build) {
    long[] lengths = node.constantIntegers(2);
    for (long length : lengths) {
      if (length != lengths[0]) {
        return node.origin().result();
      }
    }
    Value tensor = node.input(0);
    Value rest = build.op("Shape", Map.of("start", Attr.of(1L)), tensor);
    long length = lengths.length == 0 ? 0 : lengths[0];
    return build.reshape(tensor, build.concat(0, build.ints(lengths.length, length), rest));
  }
}
