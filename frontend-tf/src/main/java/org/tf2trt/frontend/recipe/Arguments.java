// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** The attributes of a node as those of a recipe. */
final class Arguments {
  private Arguments() {}

  /**
   * Declared attributes with the given value, else the default. One that the recipe does not
   * declare is refused, for it may change what the op computes; element types are left out, as the
   * inputs have them.
   */
  static Map<String, Attr> bind(Recipe recipe, Map<String, Attr> given) {
    Map<String, Attr> bound = new LinkedHashMap<>();
    for (Parameter p : recipe.parameters()) {
      Attr value = given.get(p.name());
      if (value == null) {
        value = p.defaultValue().orElseThrow(() -> missing(recipe, p));
      }
      bound.put(p.name(), as(recipe, p, value));
    }
    given.forEach(
        (name, value) -> {
          if (recipe.parameter(name).isEmpty() && !(value instanceof Attr.Type)) {
            throw error(
                "%s=%s is an attribute that the recipe at %s does not declare"
                    .formatted(name, value.text(), recipe.at()),
                "add it to its attributes, used or not: " + recipe.op() + " <" + name + "> (...)");
          }
        });
    return bound;
  }

  private static Attr as(Recipe recipe, Parameter p, Attr value) {
    Optional<Attr> fits = p.kind().isEmpty() ? Optional.of(value) : Kinds.as(p.kind().get(), value);
    return fits.orElseThrow(
        () ->
            error(
                "attribute %s is %s, the recipe at %s declares it as %s"
                    .formatted(p.name(), value.text(), recipe.at(), p.kind().get().text()),
                "change the declaration"));
  }

  private static DiagnosticException missing(Recipe recipe, Parameter p) {
    return error(
        "has no attribute '%s', which the recipe at %s needs".formatted(p.name(), recipe.at()),
        "give it a default there: " + p.name() + ": float = 1.0");
  }

  private static DiagnosticException error(String message, String next) {
    return DiagnosticException.of(Code.BAD_RECIPE, "", message, next);
  }
}
