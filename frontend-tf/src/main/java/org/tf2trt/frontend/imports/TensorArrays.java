// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/**
 * Tensor arrays of TensorFlow 1 as lists of tensors. The flow, a number that only puts reads and
 * writes in order, becomes the list itself; the handle is not needed any more.
 */
final class TensorArrays {
  private static final String PREFIX = "TensorArray";
  private static final Set<String> KINDS =
      Set.of("", "Write", "Read", "Gather", "Scatter", "Concat", "Split", "Size");
  private static final String DYNAMIC = "dynamic_size";

  private final FlowImporter.Bodies graph;

  TensorArrays(FlowImporter.Bodies graph) {
    this.graph = graph;
  }

  /** {@code Write} of {@code TensorArrayWriteV3}; empty for other ops. */
  static Optional<String> kind(String op) {
    if (!op.startsWith(PREFIX) || !op.endsWith("V3") && !op.endsWith("V2")) {
      return Optional.empty();
    }
    return Optional.of(op.substring(PREFIX.length(), op.length() - 2)).filter(KINDS::contains);
  }

  /** The outputs of an op on a tensor array; of the array itself, both are the list. */
  List<Value> build(String kind, List<Value> in, Map<String, Attr> attrs, Provenance provenance) {
    Value list = in.get(in.size() - 1);
    return switch (kind) {
      case "" -> {
        Value made = reserve(in.get(0), attrs, provenance);
        yield List.of(made, made);
      }
      case "Write" -> {
        boolean grows = isDynamic(in.get(0));
        Map<String, Attr> more = Map.of("resize_if_index_out_of_bounds", Attr.of(grows));
        yield op("SetItem", List.of(list, in.get(1), in.get(2)), "T", more, attrs, provenance);
      }
      case "Read" ->
          op("GetItem", List.of(list, in.get(1), any()), "dtype", Map.of(), attrs, provenance);
      case "Gather" -> {
        List<Value> inputs = List.of(list, in.get(1), shape(attrs, "element_shape"));
        yield op("Gather", inputs, "dtype", Map.of(), attrs, provenance);
      }
      case "Scatter" ->
          isDynamic(in.get(0))
              ? op(
                  "Scatter", List.of(in.get(2), in.get(1), any()), "T", Map.of(), attrs, provenance)
              : op(
                  "ScatterIntoExistingList",
                  List.of(list, in.get(2), in.get(1)),
                  "T",
                  Map.of(),
                  attrs,
                  provenance);
      case "Concat" -> concat(list, attrs, provenance);
      case "Split" ->
          op("Split", List.of(in.get(1), any(), in.get(2)), "T", Map.of(), attrs, provenance);
      default -> op("Length", List.of(list), "", Map.of(), attrs, provenance);
    };
  }

  private Value reserve(Value size, Map<String, Attr> attrs, Provenance provenance) {
    Map<String, Attr> own = new LinkedHashMap<>();
    own.put("element_dtype", attrs.get("dtype"));
    own.put(DYNAMIC, attrs.getOrDefault(DYNAMIC, Attr.of(false)));
    List<Value> inputs = List.of(shape(attrs, "element_shape"), size);
    return append("TensorListReserve", inputs, own, DType.VARIANT, provenance);
  }

  private List<Value> op(
      String name,
      List<Value> inputs,
      String typeAttr,
      Map<String, Attr> more,
      Map<String, Attr> attrs,
      Provenance provenance) {
    Map<String, Attr> own = new LinkedHashMap<>(more);
    DType element = DType.I32;
    if (attrs.get(typeAttr) instanceof Attr.Type t) {
      own.put("element_dtype", t);
      element = t.value();
    }
    boolean gives = name.equals("GetItem") || name.equals("Gather") || name.equals("Length");
    DType result = gives ? element : DType.VARIANT;
    return List.of(append("TensorList" + name, inputs, own, result, provenance));
  }

  private List<Value> concat(Value list, Map<String, Attr> attrs, Provenance provenance) {
    DType element = ((Attr.Type) attrs.get("dtype")).value();
    Map<String, Attr> own = Map.of("element_dtype", Attr.of(element));
    List<TensorType> types = List.of(TensorType.unranked(element), TensorType.unranked(DType.I64));
    return graph.append(NodeSpec.of("tf.TensorListConcat", List.of(list), own, types, provenance));
  }

  private Value append(
      String op, List<Value> inputs, Map<String, Attr> attrs, DType result, Provenance provenance) {
    List<TensorType> types = List.of(TensorType.unranked(result));
    return graph.append(NodeSpec.of("tf." + op, inputs, attrs, types, provenance)).get(0);
  }

  /** Whether the array of a handle may grow. */
  private static boolean isDynamic(Value handle) {
    Optional<Node> maker = handle.producer();
    while (maker.isPresent() && maker.get().is("tf.Identity")) {
      maker = maker.get().input(0).producer();
    }
    return maker
        .map(n -> n.attrs().get(DYNAMIC))
        .filter(a -> a instanceof Attr.Bool b && b.value())
        .isPresent();
  }

  private static Value any() {
    return constant(TensorData.scalar(DType.I32, -1));
  }

  /** The shape attribute as an operand: -1 for what is not known. */
  private static Value shape(Map<String, Attr> attrs, String name) {
    return operand(attrs.get(name) instanceof Attr.ShapeOf s ? s.value() : Shape.UNRANKED);
  }

  /** A shape as an operand: -1 for what is not known. */
  static Value operand(Shape shape) {
    if (!shape.isRanked()) {
      return any();
    }
    long[] dims = shape.dims().stream().mapToLong(TensorArrays::extent).toArray();
    return constant(TensorData.vector(dims));
  }

  private static long extent(Dim dim) {
    return dim.isKnown() ? dim.size() : -1;
  }

  static Value constant(TensorData data) {
    return new Value.Constant(data, new Provenance.Synthetic("import"));
  }
}
