// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** Which nodes are calls, and of what. */
final class Functions {
  private static final Set<String> CALLS =
      Set.of("PartitionedCall", "StatefulPartitionedCall", "TPUPartitionedCall");

  private final Map<String, FunctionDef> library;
  private final CustomOps customOps;
  private final Map<String, FunctionBody> bodies = new HashMap<>();

  Functions(Map<String, FunctionDef> library) {
    this(library, new CustomOps(Map.of()));
  }

  Functions(Map<String, FunctionDef> library, CustomOps customOps) {
    this.library = library;
    this.customOps = customOps;
  }

  /** True for PartitionedCall and for the TF1 form, whose op is the function's own name. */
  boolean isCall(NodeDef node) {
    return CALLS.contains(node.getOp()) || library.containsKey(node.getOp());
  }

  Scope enter(Scope caller, NodeDef call) {
    return enter(caller, call, callee(call), attrs(call), 0);
  }

  /** A new scope for a function that an attribute of a node names, such as a branch of an If. */
  Scope enter(Scope caller, NodeDef node, NameAttrList function, int skip) {
    return enter(caller, node, function.getName(), function.getAttrMap(), skip);
  }

  private Scope enter(
      Scope caller, NodeDef node, String name, Map<String, AttrValue> attrs, int skip) {
    Optional<FunctionBody> body = body(name);
    if (body.isEmpty()) {
      throw DiagnosticException.of(
          Code.MISSING_FUNCTION,
          "'" + caller.qualify(node.getName()) + "'",
          "calls function '" + name + "', which the library lacks",
          "export the model again");
    }
    return caller.enter(node, body.get(), attrs, skip);
  }

  /** What a call calls; empty when the library lacks it. */
  Optional<FunctionBody> body(NodeDef call) {
    return body(callee(call));
  }

  /** A function by name; empty when the library lacks it. */
  Optional<FunctionBody> body(String name) {
    FunctionDef def = library.get(name);
    return def == null
        ? Optional.empty()
        : Optional.of(bodies.computeIfAbsent(name, n -> new FunctionBody(def)));
  }

  /**
   * The position of a named output of a call whose op is the function's name, or of an op that
   * TensorFlow does not have.
   */
  int outputIndex(NodeDef node, String output) {
    FunctionDef def = library.get(node.getOp());
    if (def != null) {
      for (int i = 0; i < def.getSignature().getOutputArgCount(); i++) {
        if (def.getSignature().getOutputArg(i).getName().equals(output)) {
          return i;
        }
      }
    }
    return customOps.index(node, output);
  }

  /** How many outputs an op that TensorFlow does not have is declared with; 0 when it is not. */
  int declaredOutputs(NodeDef node) {
    return customOps.count(node);
  }

  private String callee(NodeDef call) {
    return attribute(call).map(f -> f.getFunc().getName()).orElse(call.getOp());
  }

  private Map<String, AttrValue> attrs(NodeDef call) {
    return attribute(call).map(f -> f.getFunc().getAttrMap()).orElse(call.getAttrMap());
  }

  private Optional<AttrValue> attribute(NodeDef call) {
    return library.containsKey(call.getOp())
        ? Optional.empty()
        : Optional.ofNullable(call.getAttrMap().get("f"));
  }
}
