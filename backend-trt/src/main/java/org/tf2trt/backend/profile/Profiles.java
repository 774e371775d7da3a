// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** Turns what a user asks for into a shape range for each input with open dims. */
public final class Profiles {
  private Profiles() {}

  /**
   * Resolves profiles against a model's inputs.
   *
   * @param inputs of the model by name, in order
   * @param specs one for each profile; empty when there is no {@code --profile}
   * @param batch extents of the first dim of every input ({@code --batch}); a profile's own word
   *     comes first
   * @return for each profile a range for every input with an open dim or with values that were
   *     given; empty when there is none
   * @throws DiagnosticException {@code MISSING_PROFILE} when an open dim gets no range, with the
   *     flag to give; {@code BAD_PROFILE} when a range contradicts the model; {@code UNKNOWN_NAME}
   *     when it names neither an input nor a symbol
   */
  public static List<Map<String, ShapeRange>> resolve(
      Map<String, TensorType> inputs, List<ProfileSpec> specs, Optional<Extents> batch) {
    requireRanks(inputs);
    boolean open = inputs.values().stream().anyMatch(t -> !t.shape().isStatic());
    List<ProfileSpec> asked = specs;
    if (specs.isEmpty() && (open || batch.isPresent())) {
      asked = List.of(new ProfileSpec(Map.of()));
    }
    List<Map<String, ShapeRange>> profiles = new ArrayList<>();
    for (ProfileSpec spec : asked) {
      Binding binding = new Binding(inputs);
      spec.entries().forEach(binding::bind);
      batch.ifPresent(binding::bindBatch);
      Map<String, ShapeRange> ranges = binding.ranges();
      if (!ranges.isEmpty()) {
        profiles.add(ranges);
      }
    }
    return profiles;
  }

  private static void requireRanks(Map<String, TensorType> inputs) {
    inputs.forEach(
        (name, type) -> {
          if (!type.shape().isRanked()) {
            throw DiagnosticException.of(
                Code.MISSING_PROFILE,
                "'" + name + "'",
                "the rank of this input is not known, which an engine needs",
                "convert the model with --shape " + name + "=...");
          }
        });
  }

  /** The inputs of one profile in the syntax of {@code --profile}. */
  public static String text(Map<String, ShapeRange> profile) {
    Map<String, String> entries = new LinkedHashMap<>();
    profile.forEach((name, range) -> entries.put(name, name + "=" + range));
    return String.join(",", entries.values());
  }
}
