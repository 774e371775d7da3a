// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** Outputs of ops that TensorFlow itself does not have, as a SavedModel declares them. */
final class CustomOps {
  private static final int MOST_TENSORS = 1 << 20;

  private final Map<String, OpDef> defs;

  CustomOps(Map<String, OpDef> defs) {
    this.defs = defs;
  }

  /** How many outputs the node has; 0 when its op is not declared. */
  int count(NodeDef node) {
    return declared(node).map(def -> offset(node, def, def.getOutputArgCount())).orElse(0);
  }

  /**
   * The position of a named output's first tensor. An op that is not declared has one output, as
   * far as we can tell.
   */
  int index(NodeDef node, String output) {
    Optional<OpDef> def = declared(node);
    for (int i = 0; def.isPresent() && i < def.get().getOutputArgCount(); i++) {
      if (def.get().getOutputArg(i).getName().equals(output)) {
        return offset(node, def.get(), i);
      }
    }
    if (def.isPresent()) {
      throw malformed(node, "its op declares no output '" + output + "'");
    }
    return 0;
  }

  private Optional<OpDef> declared(NodeDef node) {
    return Optional.ofNullable(defs.get(node.getOp()));
  }

  /** How many tensors the first {@code args} outputs stand for. */
  private static int offset(NodeDef node, OpDef def, int args) {
    int offset = 0;
    for (OpDef.ArgDef arg : def.getOutputArgList().subList(0, args)) {
      long count = 1;
      if (!arg.getNumberAttr().isEmpty()) {
        count = attr(node, arg.getNumberAttr()).getI();
      } else if (!arg.getTypeListAttr().isEmpty()) {
        count = attr(node, arg.getTypeListAttr()).getList().getTypeCount();
      }
      if (count < 0 || offset + count > MOST_TENSORS) {
        throw malformed(node, "output '" + arg.getName() + "' stands for " + count + " tensors");
      }
      offset += (int) count;
    }
    return offset;
  }

  private static AttrValue attr(NodeDef node, String name) {
    return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
  }

  private static DiagnosticException malformed(NodeDef node, String message) {
    return DiagnosticException.of(
        Code.MALFORMED_GRAPH,
        "'" + node.getName() + "' (" + node.getOp() + ")",
        message,
        "export the model again");
  }
}
