// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.frontend.quantized.QuantizationStep;

/** Key-value pairs that a converted model bears. */
public final class ModelMetadata {
  private static final String SOURCE = "source_sha256";
  private static final String STATE = "state:";
  private static final String FIXED = "fixed:";
  private static final String STEP = "quantization_step:";

  private ModelMetadata() {}

  static Map<String, String> of(
      String hash,
      List<StateVariable> state,
      Map<String, String> fixed,
      Map<String, QuantizationStep> steps) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(SOURCE, hash);
    state.forEach(s -> s.input().ifPresent(in -> metadata.put(STATE + in, s.output())));
    fixed.forEach((input, value) -> metadata.put(FIXED + input, value));
    steps.forEach((output, step) -> metadata.put(STEP + output, String.valueOf(step.size())));
    return metadata;
  }

  /** Outputs that the next call takes, by the inputs that take them. */
  public static Map<String, String> state(Map<String, String> metadata) {
    return behind(STATE, metadata);
  }

  /** The values of inputs that were made constants, as they were given. */
  public static Map<String, String> fixed(Map<String, String> metadata) {
    return behind(FIXED, metadata);
  }

  private static Map<String, String> behind(String prefix, Map<String, String> metadata) {
    Map<String, String> found = new LinkedHashMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /** The steps in which outputs are quantised; what is no number is left out. */
  public static Map<String, Double> steps(Map<String, String> metadata) {
    Map<String, Double> found = new LinkedHashMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(STEP) && isNumber(value)) {
            found.put(key.substring(STEP.length()), Double.valueOf(value));
          }
        });
    return found;
  }

  private static boolean isNumber(String text) {
    try {
      return Double.parseDouble(text) > 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
