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
 * @param judged the runtimes that decide; of a network that quantises, one that is given
 *     TensorFlow's values behind each quantisation decides when it as a whole does not pass
 * @param samples that were compared
 * @param seconds that this run took
 * @param environment versions and the machine
 * @param steps of outputs that the original quantises
 * @param layers steps of the tensors that are compared layer by layer, by the names under which
 *     they are; empty when it is not done
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
    Map<String, QuantizationStep> steps,
    Map<String, Double> layers) {
  Outcome {
    judged = Set.copyOf(judged);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
  }

  boolean passed() {
    return failed().isEmpty();
  }

  /** What does not pass, one line each. */
  List<String> failed() {
    List<String> failed =
        judged.stream()
            .filter(name -> !name.equals(Runtimes.LAYERWISE))
            .flatMap(name -> failed(name).stream())
            .toList();
    return failed.isEmpty() || layers.isEmpty() ? failed : failed(Runtimes.LAYERWISE);
  }

  /** Whether only the layers, each by itself, agree. */
  boolean passedByLayer() {
    return passed() && judged.stream().anyMatch(name -> !failed(name).isEmpty());
  }

  private List<String> failed(String runtime) {
    return state.candidates().getOrDefault(runtime, List.of()).stream()
        .filter(o -> !o.passed())
        .map(
            o ->
                "%s, %s: %s"
                    .formatted(
                        runtime,
                        layers.containsKey(o.name()) ? o.name() : "output '" + o.name() + "'",
                        o.failures().get(0)))
        .toList();
  }
}
