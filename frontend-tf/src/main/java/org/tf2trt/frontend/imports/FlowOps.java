// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;

/** The functional control flow ops and the functions that they name. */
final class FlowOps {
  private static final Map<String, String> KINDS =
      Map.of(
          "If", "tf.If",
          "StatelessIf", "tf.If",
          "Case", "tf.Case",
          "StatelessCase", "tf.Case",
          "MapDefun", "tf.MapDefun",
          "While", "tf.While",
          "StatelessWhile", "tf.While");

  private FlowOps() {}

  static boolean isFlow(NodeDef node) {
    return KINDS.containsKey(node.getOp());
  }

  /** {@code tf.If}, {@code tf.Case}, {@code tf.While} or {@code tf.MapDefun}. */
  static String kind(NodeDef node) {
    return KINDS.get(node.getOp());
  }

  /** Then and else; the branches in order; condition and body; the function over rows. */
  static List<NameAttrList> functions(NodeDef node) {
    return switch (kind(node)) {
      case "tf.If" -> named(node, "then_branch", "else_branch");
      case "tf.While" -> named(node, "cond", "body");
      case "tf.MapDefun" -> named(node, "f");
      default ->
          node.getAttrOrDefault("branches", AttrValue.getDefaultInstance()).getList().getFuncList();
    };
  }

  /** Inputs before the arguments: the predicate of an If, the index of a Case. */
  static int skipped(NodeDef node) {
    return kind(node).equals("tf.While") || kind(node).equals("tf.MapDefun") ? 0 : 1;
  }

  private static List<NameAttrList> named(NodeDef node, String... attrs) {
    List<NameAttrList> functions = new ArrayList<>();
    for (String attr : attrs) {
      functions.add(node.getAttrOrDefault(attr, AttrValue.getDefaultInstance()).getFunc());
    }
    return functions;
  }
}
