// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** A function of the library, indexed: arguments, nodes, returned tensors. */
final class FunctionBody {
  private final FunctionDef def;
  private final Map<String, Integer> args = new HashMap<>();
  private Map<String, NodeDef> nodes;

  FunctionBody(FunctionDef def) {
    this.def = def;
    for (OpDef.ArgDef arg : def.getSignature().getInputArgList()) {
      args.put(arg.getName(), args.size());
    }
  }

  String name() {
    return def.getSignature().getName();
  }

  Map<String, NodeDef> nodes() {
    if (nodes == null) {
      nodes = Scope.index(def.getNodeDefList(), "function " + name());
    }
    return nodes;
  }

  /** The position of an argument by name. */
  Optional<Integer> arg(String argName) {
    return Optional.ofNullable(args.get(argName));
  }

  int argCount() {
    return args.size();
  }

  /** The name of an argument by position. */
  String argName(int index) {
    return def.getSignature().getInputArg(index).getName();
  }

  int returnCount() {
    return def.getSignature().getOutputArgCount();
  }

  /** What output {@code index} returns: {@code node:out:i} or an argument's name. */
  Optional<String> returned(int index) {
    List<OpDef.ArgDef> outputs = def.getSignature().getOutputArgList();
    return index < outputs.size()
        ? Optional.ofNullable(def.getRetMap().get(outputs.get(index).getName()))
        : Optional.empty();
  }
}
