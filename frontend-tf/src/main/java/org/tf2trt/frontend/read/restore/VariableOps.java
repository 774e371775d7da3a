// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.read.restore;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;

/** The ops that hold variables, and what names a variable. */
public final class VariableOps {
  private static final Set<String> HOLDERS =
      Set.of("VarHandleOp", "VariableV2", "Variable", "AutoReloadVariable");

  /** ResourceHandle::ANONYMOUS_NAME: every handle of this name is a variable of its own. */
  private static final String ANONYMOUS = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

  private VariableOps() {}

  /** True for {@code VarHandleOp} and TF1's reference variables. */
  public static boolean isVariable(NodeDef node) {
    return HOLDERS.contains(node.getOp());
  }

  /** {@code shared_name}, or the node's name where it is empty or anonymous. */
  public static String sharedName(NodeDef variable) {
    String shared = text(variable, "shared_name");
    return shared.isEmpty() || shared.equals(ANONYMOUS) ? variable.getName() : shared;
  }

  /** Equal for two nodes exactly when they are one variable. */
  public static String identity(NodeDef variable) {
    return text(variable, "container") + "\u0000" + sharedName(variable);
  }

  private static String text(NodeDef node, String attr) {
    AttrValue value = node.getAttrMap().get(attr);
    return value == null ? "" : value.getS().toString(StandardCharsets.ISO_8859_1);
  }
}
