// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * One profile as a user writes it: {@code image=1x224x224x3..8x224x224x3..32x224x224x3} gives an
 * input's shapes, {@code batch=1..8..32} the extents of a symbol of the model, and {@code
 * size=32x32..224x224..512x512} the values of an input of two integers; entries are separated by
 * commas or semicolons.
 *
 * @param entries extents of each dim, by the name of an input or of a symbol; a symbol has one
 */
public record ProfileSpec(Map<String, List<Extents>> entries) {
  private static final String FORM =
      "write NAME=1x224x224x3..8x224x224x3..32x224x224x3 for an input, or SYMBOL=1..8..32";

  public ProfileSpec {
    Map<String, List<Extents>> copy = new LinkedHashMap<>();
    entries.forEach((name, extents) -> copy.put(name, List.copyOf(extents)));
    entries = Collections.unmodifiableMap(copy);
  }

  /** Throws {@code BAD_PROFILE}. */
  public static ProfileSpec parse(String text) {
    Map<String, List<Extents>> entries = new LinkedHashMap<>();
    for (String entry : text.split("[,;]", -1)) {
      int equals = entry.lastIndexOf('=');
      if (equals <= 0) {
        throw bad(text, "'" + entry.strip() + "' has no name");
      }
      String name = entry.substring(0, equals).strip();
      if (entries.put(name, dims(text, entry.substring(equals + 1))) != null) {
        throw bad(text, "'" + name + "' is given twice");
      }
    }
    return new ProfileSpec(entries);
  }

  /** {@code 1x3..8x3} to the extents of each dim; a scalar has none. */
  private static List<Extents> dims(String text, String shapes) {
    List<List<String>> parts = new ArrayList<>();
    for (String shape : shapes.split("\\.\\.", -1)) {
      parts.add(shape.isBlank() ? List.of() : Arrays.asList(shape.strip().split("x", -1)));
    }
    int rank = parts.get(0).size();
    if (parts.stream().anyMatch(p -> p.size() != rank)) {
      throw bad(text, "the shapes in '" + shapes.strip() + "' have different ranks");
    }
    List<Extents> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int axis = i;
      try {
        dims.add(
            Extents.parseValues(String.join("..", parts.stream().map(p -> p.get(axis)).toList())));
      } catch (IllegalArgumentException e) {
        throw bad(text, e.getMessage());
      }
    }
    return dims;
  }

  private static DiagnosticException bad(String text, String what) {
    return DiagnosticException.of(Code.BAD_PROFILE, "--profile " + text, what, FORM);
  }
}
