// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.tf2trt.ir.diag.DiagnosticException;

/** The names of a block that are defined so far. It sees those of the blocks around it, too. */
final class Scope {
  private final Scope around;
  private final Consumer<DiagnosticException> found;
  private final Set<String> names = new HashSet<>();

  private Scope(Scope around, Consumer<DiagnosticException> found) {
    this.around = around;
    this.found = found;
  }

  /**
   * Of a recipe.
   *
   * @param found hears of names that are wrong
   */
  static Scope outermost(Consumer<DiagnosticException> found) {
    return new Scope(null, found);
  }

  /** Of a graph in this block. */
  Scope inner() {
    return new Scope(this, found);
  }

  /** ONNX has one name for one value, so that a graph cannot define one from around it again. */
  void define(Name n) {
    if (isDefined(n.text())) {
      found.accept(n.at().error(n + " is defined twice", "give each value a name of its own"));
    }
    names.add(n.text());
  }

  void read(Name n) {
    if (!isDefined(n.text())) {
      found.accept(n.at().error(n + " is not defined before", "define it in a line above"));
    }
  }

  private boolean isDefined(String name) {
    return names.contains(name) || around != null && around.isDefined(name);
  }
}
