// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.frontend.quantized.QuantizationStep;
import org.tf2trt.verify.check.VerificationState;

/**
 * A finished verification.
 *
 * @param model the original
 * @param converted what it became
 * @param data what was fed
 * @param state the statistics
 * @param judged the runtimes that decide
 * @param samples that were compared
 * @param seconds that this run took
 * @param environment versions and the machine
 * @param steps of outputs that the original quantises
 */
record Outcome(
    String model,
    String converted,
    String data,
    VerificationState state,
    Set<String> judged,
    long samples,
    double seconds,
    Map<String, String> environment,
    Map<String, QuantizationStep> steps) {
  Outcome {
    judged = Set.copyOf(judged);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  boolean passed() {
    return failed().isEmpty();
  }

  /** What does not pass, one line each. */
  List<String> failed() {
    return state.candidates().entrySet().stream()
        .filter(e -> judged.contains(e.getKey()))
        .flatMap(
            e ->
                e.getValue().stream()
                    .filter(o -> !o.passed())
                    .map(o -> e.getKey() + ", output '" + o.name() + "': " + o.failures().get(0)))
        .toList();
  }
}
