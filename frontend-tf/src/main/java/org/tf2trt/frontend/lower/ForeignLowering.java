// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.UnknownRankException;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.plugin.Foreign;

/** A lowering of a plugin or recipe: its faults are reported as its own. */
public final class ForeignLowering implements Lowering {
  private final String who;
  private final Lowering lowering;

  /**
   * @param who as messages call it, such as {@code the lowering of MyOp of my.jar}
   */
  public ForeignLowering(String who, Lowering lowering) {
    this.who = who;
    this.lowering = lowering;
  }

  @Override
  public List<Value> lower(TfNode node, OnnxBuilder build) {
    List<Value> values =
        Foreign.call(
            who + " at '" + node.name() + "'",
            () -> {
              try {
                return lowering.lower(node, build);
              } catch (UnknownRankException e) {
                throw DiagnosticException.of(
                    Code.UNSUPPORTED_FORM,
                    "",
                    who + " needs the rank of an input, which is not known",
                    "give the shapes of the model's inputs with --shape");
              }
            });
    if (values == null || values.size() < node.outputCount()) {
      throw wrong(node, "gives too few values, the node has " + node.outputCount() + " outputs");
    }
    for (int i = 0; i < node.outputCount(); i++) {
      if (node.isUsed(i)) {
        check(node, i, values.get(i));
      }
    }
    return values;
  }

  private void check(TfNode node, int output, Value value) {
    if (!value.isPresent()) {
      throw wrong(node, "gives nothing for output " + output + ", which is read");
    }
    // The importer can only guess the types of ops that TensorFlow itself does not have.
    DType wanted = RealTypes.of(node.outputType(output));
    if (Schemas.tf(node.op()).isPresent() && value.dtype() != wanted) {
      throw wrong(
          node,
          "gives %s for output %d, expected %s"
              .formatted(value.dtype().text(), output, wanted.text()));
    }
  }

  private DiagnosticException wrong(TfNode node, String what) {
    return DiagnosticException.of(
        Code.PLUGIN_BROKE_GRAPH, "'" + node.name() + "' (" + node.op() + ")", who + " " + what, "");
  }
}
