// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** What to tell a user whose model has open dims without ranges. */
final class Proposal {
  private static final String[] BATCH = {"1", "8", "32"};
  private static final String[] OTHER = {"64", "224", "512"};

  private final Map<String, TensorType> inputs;

  Proposal(Map<String, TensorType> inputs) {
    this.inputs = inputs;
  }

  /** {@code image: f32[batch,224,224,3], mask: ...}. */
  String signature() {
    return inputs.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  DiagnosticException missing(Set<String> open) {
    String what =
        "these dims are open and have no range: %s (%s)"
            .formatted(String.join(", ", open), signature());
    return DiagnosticException.of(
        Code.MISSING_PROFILE, "", what, "give them, for example with " + flag());
  }

  /** {@code --batch} where that is enough, else a whole profile. */
  private String flag() {
    boolean batchOnly =
        inputs.values().stream()
            .allMatch(t -> t.shape().dims().stream().skip(1).allMatch(Dim::isKnown));
    if (batchOnly) {
      return "--batch " + String.join("..", BATCH);
    }
    Map<String, String> entries = new LinkedHashMap<>();
    inputs.forEach(
        (name, type) -> {
          if (!type.shape().isStatic()) {
            entries.put(name, name + "=" + ranges(type));
          }
        });
    return "--profile \"" + String.join(",", entries.values()) + "\"";
  }

  private static String ranges(TensorType type) {
    return IntStream.range(0, BATCH.length)
        .mapToObj(
            side ->
                shape(
                    type, axis -> type.shape().rank() > 3 && axis > 0 ? OTHER[side] : BATCH[side]))
        .collect(Collectors.joining(".."));
  }

  private static String shape(TensorType type, IntFunction<String> open) {
    return IntStream.range(0, type.shape().rank())
        .mapToObj(
            i ->
                type.shape().dim(i).isKnown()
                    ? String.valueOf(type.shape().dim(i).size())
                    : open.apply(i))
        .collect(Collectors.joining("x"));
  }
}
