// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.Node;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;

/** Gives diagnostics of shape inference, which knows no node, the node they are about. */
final class Addressed {
  private Addressed() {}

  /** An op whose lowering depends on the rank of an input that has none. */
  static Diagnostic unknownRank(Node node) {
    return Diagnostic.error(
        Code.UNSUPPORTED_FORM,
        node.toString(),
        "the rank of an input is not known, and this op needs it",
        "give the shapes of the model's inputs with --shape");
  }

  /** A node whose attributes and inputs do not fit together. */
  static Diagnostic senseless(Node node, RuntimeException e) {
    String problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return Diagnostic.error(
        Code.MALFORMED_GRAPH,
        node.toString(),
        "its attributes and inputs do not fit together: " + problem,
        "export the model again; if TensorFlow runs it, report a bug");
  }

  /** A list of tensors that is read in a way that asks for more than is known of it. */
  static Diagnostic leftOver(Node node) {
    return Diagnostic.error(
        Code.UNSUPPORTED_FORM,
        node.toString(),
        "this list of tensors is not used as a tensor",
        "stack it in the model, or cut the graph before its reader (--outputs)");
  }

  static Diagnostic to(Node node, Diagnostic d) {
    return d.subject().isEmpty()
        ? new Diagnostic(d.severity(), d.code(), node.toString(), d.message(), d.nextStep())
        : d;
  }
}
