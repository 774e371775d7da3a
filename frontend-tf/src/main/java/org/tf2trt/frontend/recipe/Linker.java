// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.schema.Schemas;

/** Puts the recipes of all files together and checks every line of them. */
final class Linker {
  private final Map<String, Recipe> recipes = new LinkedHashMap<>();
  private final Diagnostics found = new Diagnostics();

  /** Throws everything that is wrong with the recipes. */
  static Map<String, Recipe> link(List<Recipe> all) {
    Linker linker = new Linker();
    all.forEach(linker::add);
    all.forEach(linker::body);
    linker.found.throwIfErrors();
    linker.recursion();
    return linker.recipes;
  }

  private void add(Recipe r) {
    Recipe other = recipes.putIfAbsent(r.op(), r);
    if (other != null) {
      found(
          r.at().error("there is a recipe for '%s' already, at %s".formatted(r.op(), other.at())));
    }
  }

  private void found(DiagnosticException e) {
    found.addAll(e.diagnostics());
  }

  private void body(Recipe r) {
    Set<String> parameters = new HashSet<>();
    for (Parameter p : r.parameters()) {
      if (!parameters.add(p.name())) {
        found(p.at().error("attribute '" + p.name() + "' is declared twice"));
      }
    }
    block(r, r.block(), Scope.outermost(this::found));
    if (r.outputs().isEmpty()) {
      found(r.at().error("a recipe has at least one output"));
    }
  }

  private void block(Recipe r, Block block, Scope scope) {
    block.inputs().forEach(p -> scope.define(new Name(p.at(), p.name())));
    for (Step s : block.steps()) {
      s.inputs().stream().filter(n -> !n.isEmpty()).forEach(scope::read);
      s.arguments().values().forEach(a -> reference(r, a));
      s.graphs().values().forEach(g -> block(r, g, scope.inner()));
      Optional<Recipe> called = called(s);
      if (called.isPresent()) {
        Calls.check(s, called.get(), this::found);
      } else {
        StandardOps.check(s, r, this::found);
      }
      s.outputs().stream().filter(n -> !n.isEmpty()).forEach(scope::define);
    }
    block.outputs().forEach(p -> scope.read(new Name(p.at(), p.name())));
  }

  private void reference(Recipe r, Argument a) {
    if (a instanceof Argument.Reference ref && r.parameter(ref.parameter()).isEmpty()) {
      found(
          ref.at()
              .error(
                  "the recipe has no attribute '" + ref.parameter() + "'",
                  "declare it: " + r.op() + " <" + ref.parameter() + "> (...)"));
    }
  }

  /**
   * The recipe that a step calls. A name without a domain is a standard op where there is one, as
   * in ONNX, so that a recipe that replaces an op may use the standard op of the same name.
   */
  private Optional<Recipe> called(Step s) {
    return called(s, recipes);
  }

  static Optional<Recipe> called(Step s, Map<String, Recipe> recipes) {
    boolean standard = s.domain().isEmpty() || s.domain().equals("ai.onnx");
    return standard && !Schemas.onnxVersions(s.op()).isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(recipes.get(s.op()))
            .filter(r -> standard || r.domain().isEmpty() || r.domain().equals(s.domain()));
  }

  private void recursion() {
    Set<String> done = new TreeSet<>();
    for (Recipe r : recipes.values()) {
      visit(r, new LinkedHashSet<>(), done);
    }
  }

  private void visit(Recipe r, Set<String> open, Set<String> done) {
    if (done.contains(r.op())) {
      return;
    }
    open.add(r.op());
    for (Step s : r.block().allSteps()) {
      Optional<Recipe> called = called(s);
      if (called.isPresent()) {
        if (open.contains(called.get().op())) {
          List<String> circle = new ArrayList<>(open);
          circle.add(called.get().op());
          throw s.at().error("recipes use each other in a circle: " + String.join(" -> ", circle));
        }
        visit(called.get(), open, done);
      }
    }
    open.remove(r.op());
    done.add(r.op());
  }
}
