// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.eval.Empty;
import org.tf2trt.passes.eval.Folding;
import org.tf2trt.passes.infer.Inference;

/** Replaces a node just made by constants when its value is known. */
final class EagerFold {
  private static final long MAX_ELEMENTS = 1 << 12;

  private EagerFold() {}

  static Optional<List<Value>> fold(Node node, Inference inference) {
    Optional<List<Value>> folded =
        Empty.results(node)
            .map(all -> asValues(node, all))
            .or(() -> constants(node))
            .or(() -> knownValues(node, inference));
    folded.ifPresent(v -> node.erase());
    return folded;
  }

  private static Optional<List<Value>> constants(Node node) {
    for (Value v : node.inputs()) {
      Optional<TensorData> constant = v.constant().or(() -> Empty.of(v));
      if (v.isPresent()
          && constant.map(TensorData::elements).orElse(Long.MAX_VALUE) > MAX_ELEMENTS) {
        return Optional.empty();
      }
    }
    return Folding.fold(node)
        .filter(all -> all.stream().allMatch(t -> t.elements() <= MAX_ELEMENTS))
        .map(all -> asValues(node, all));
  }

  private static Optional<List<Value>> knownValues(Node node, Inference inference) {
    if (node.results().size() != 1
        || node.result().dtype() != DType.I64 && node.result().dtype() != DType.I32) {
      return Optional.empty();
    }
    Value result = node.result();
    Optional<List<Dim>> dims = inference.values(result);
    if (dims.isEmpty() || !dims.get().stream().allMatch(Dim::isKnown)) {
      return Optional.empty();
    }
    if (!result.shape().isStatic()) {
      return Optional.empty();
    }
    var bytes = Elements.allocate(result.dtype(), dims.get().size());
    for (int i = 0; i < dims.get().size(); i++) {
      Elements.putLong(result.dtype(), bytes, i, dims.get().get(i).size());
    }
    return Optional.of(
        asValues(node, List.of(TensorData.of(result.dtype(), result.shape().sizes(), bytes))));
  }

  private static List<Value> asValues(Node node, List<TensorData> all) {
    List<Value> values = new ArrayList<>();
    all.forEach(t -> values.add(new Value.Constant(t, node.provenance())));
    return values;
  }
}
