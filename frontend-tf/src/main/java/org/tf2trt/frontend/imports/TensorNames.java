// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** Finds tensors by the names people write, also inside called functions. */
final class TensorNames {
  private static final int SUGGESTIONS = 5;

  private final Scope main;
  private final Edges edges;

  TensorNames(Scope main, Edges edges) {
    this.main = main;
    this.edges = edges;
  }

  /**
   * {@code node}, {@code node:1}, or {@code call/path/node:0} for a node inside functions.
   *
   * @throws DiagnosticException {@code UNKNOWN_NAME} with names that look alike
   */
  TensorRef find(String tensor) {
    return edges.resolve(locate(tensor));
  }

  /** The same, but calls stay what they are; throws as {@link #find}. */
  TensorRef locate(String tensor) {
    int colon = tensor.lastIndexOf(':');
    boolean indexed = colon > 0 && tensor.substring(colon + 1).matches("[0-9]{1,9}");
    String name = indexed ? tensor.substring(0, colon) : tensor;
    int index = indexed ? Integer.parseInt(tensor.substring(colon + 1)) : 0;
    return locate(main, name, index).orElseThrow(() -> unknown(tensor, name));
  }

  private Optional<TensorRef> locate(Scope scope, String name, int index) {
    if (scope.find(name).isPresent()) {
      return Optional.of(new TensorRef(scope, name, index));
    }
    for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      Optional<NodeDef> call = scope.find(name.substring(0, slash));
      if (call.isPresent()) {
        Optional<Scope> inner = edges.enter(scope, call.get());
        Optional<TensorRef> found =
            inner.isEmpty()
                ? Optional.empty()
                : locate(inner.get(), name.substring(slash + 1), index);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private DiagnosticException unknown(String tensor, String name) {
    String last = name.substring(name.lastIndexOf('/') + 1).toLowerCase(java.util.Locale.ROOT);
    List<String> alike =
        main.nodes().keySet().stream()
            .filter(n -> n.toLowerCase(java.util.Locale.ROOT).contains(last))
            .limit(SUGGESTIONS)
            .toList();
    return DiagnosticException.of(
        Code.UNKNOWN_NAME,
        "'" + tensor + "'",
        "the graph has no such tensor",
        alike.isEmpty() ? "list the names with: tf2trt inspect MODEL" : "perhaps " + alike);
  }
}
