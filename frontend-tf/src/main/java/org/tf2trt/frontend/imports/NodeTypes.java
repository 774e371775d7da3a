// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.proto.AttrValues;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.schema.AttrSpec;
import org.tf2trt.ir.schema.Formal;
import org.tf2trt.ir.schema.OpSchema;
import org.tf2trt.ir.schema.Schemas;

/** Attributes with defaults, and result dtypes, from TensorFlow's op registry. */
final class NodeTypes {
  /** Far above what a node of a real graph has; a larger number would only exhaust the memory. */
  private static final int MOST_TENSORS = 1 << 20;

  private NodeTypes() {}

  /** The node's attributes, with the registry's defaults for those that the exporter stripped. */
  static Map<String, Attr> attrs(NodeDef node, Map<String, AttrValue> callAttrs) {
    Map<String, Attr> attrs = new LinkedHashMap<>();
    AttrValues.ofNode(node, callAttrs)
        .forEach(
            (name, value) -> {
              if (!name.startsWith("_")) {
                attrs.put(name, value);
              }
            });
    Schemas.tf(node.getOp())
        .ifPresent(
            schema ->
                schema
                    .attrs()
                    .forEach(a -> a.defaultValue().ifPresent(d -> attrs.putIfAbsent(a.name(), d))));
    return attrs;
  }

  /** Only what is needed to count outputs. */
  static Map<String, Attr> countAttrs(NodeDef node, Map<String, AttrValue> callAttrs) {
    return node.getOp().equals("Const") ? Map.of() : attrs(node, callAttrs);
  }

  /** How many tensors a declared output stands for. */
  static int count(Formal formal, Map<String, Attr> attrs) {
    if (!formal.count().isEmpty()) {
      return attrs.get(formal.count()) instanceof Attr.Int n ? bounded(formal, n.value()) : 1;
    }
    return attrs.get(formal.type()) instanceof Attr.Many many
        ? many.values().size()
        : formal.max() > 1 ? 0 : 1;
  }

  private static int bounded(Formal formal, long count) {
    if (count < 0 || count > MOST_TENSORS) {
      throw DiagnosticException.of(
          Code.MALFORMED_GRAPH,
          "attribute '" + formal.count() + "'",
          "asks for " + count + " tensors",
          "export the model again");
    }
    return (int) count;
  }

  /**
   * Unranked types of all outputs. An op the registry lacks has as many as are asked for, of the
   * dtype that its attributes or first input suggest.
   */
  static List<TensorType> results(
      NodeDef node, Map<String, Attr> attrs, List<Value> inputs, int atLeast) {
    Optional<OpSchema> schema = Schemas.tf(node.getOp());
    List<TensorType> types = new ArrayList<>();
    if (schema.isPresent()) {
      for (Formal formal : schema.get().outputs()) {
        add(formal, attrs, types);
      }
      boolean copies = node.getOp().equals("Identity") && !inputs.isEmpty();
      if (copies && inputs.get(0).dtype() == DType.VARIANT) {
        return List.of(inputs.get(0).type()); // the flow of a tensor array
      }
      return types;
    }
    DType guess = guess(attrs, inputs);
    for (int i = 0; i < Math.max(atLeast, 1); i++) {
      types.add(TensorType.unranked(guess));
    }
    return types;
  }

  /**
   * What is wrong with the node's inputs, by the registry: how many there are, and their dtypes.
   * Resources are left out, for variables are imported as their values.
   */
  static Optional<String> inputFault(NodeDef node, Map<String, Attr> attrs, List<Value> inputs) {
    Optional<OpSchema> schema = Schemas.tf(node.getOp());
    boolean closesLoop = node.getOp().endsWith("Merge"); // imported without its backward edge
    if (schema.isEmpty() || closesLoop) {
      return Optional.empty();
    }
    List<TensorType> expected = new ArrayList<>();
    for (Formal formal : schema.get().inputs()) {
      add(formal, attrs, expected);
    }
    if (expected.size() != inputs.size()) {
      return Optional.of("has " + inputs.size() + " inputs, expected " + expected.size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      DType wanted = expected.get(i).dtype();
      boolean typed = wanted != DType.RESOURCE && wanted != DType.VARIANT;
      Value input = inputs.get(i);
      typed &= !input.isPresent() || input.dtype() != DType.VARIANT;
      if (typed && input.isPresent() && input.dtype() != wanted && !isGuessed(input)) {
        return Optional.of(
            "input %d is %s, expected %s".formatted(i, input.dtype().text(), wanted.text()));
      }
    }
    return Optional.empty();
  }

  /** The type of a result of an op that the registry lacks. */
  private static boolean isGuessed(Value v) {
    return v.producer()
        .filter(n -> Schemas.tf(n.op().substring("tf.".length())).isEmpty())
        .isPresent();
  }

  private static void add(Formal formal, Map<String, Attr> attrs, List<TensorType> into) {
    Attr type = attrs.get(formal.type());
    if (type instanceof Attr.Many many && formal.count().isEmpty()) {
      many.values().forEach(t -> into.add(TensorType.unranked(((Attr.Type) t).value())));
      return;
    }
    DType dtype = type instanceof Attr.Type t ? t.value() : fixed(formal.type());
    int count = count(formal, attrs);
    for (int i = 0; i < count; i++) {
      into.add(TensorType.unranked(dtype));
    }
  }

  private static DType fixed(String text) {
    try {
      return DType.parse(text);
    } catch (IllegalArgumentException e) {
      return DType.VARIANT; // an attribute that is missing: lowering will say so
    }
  }

  private static DType guess(Map<String, Attr> attrs, List<Value> inputs) {
    for (String name : List.of("T", "dtype", "Tout", "DstT", "out_type")) {
      if (attrs.get(name) instanceof Attr.Type t) {
        return t.value();
      }
    }
    return inputs.isEmpty() || !inputs.get(0).isPresent() ? DType.F32 : inputs.get(0).dtype();
  }

  /** Names of required attributes that are missing. */
  static List<String> missing(NodeDef node, Map<String, Attr> attrs) {
    return Schemas.tf(node.getOp()).stream()
        .flatMap(s -> s.attrs().stream())
        .filter(a -> a.required() && !attrs.containsKey(a.name()))
        .map(AttrSpec::name)
        .toList();
  }
}
