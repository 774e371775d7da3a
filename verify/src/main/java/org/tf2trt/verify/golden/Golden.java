// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.golden;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tf2trt.ir.data.TensorData;

/**
 * Inputs of one call of a model and the outputs TensorFlow gave for them, by public name.
 *
 * @param inputs what to feed
 * @param outputs what to expect
 * @param continues whether it follows the call before it on one loaded model, with the state that
 *     this left
 */
public record Golden(
    Map<String, TensorData> inputs, Map<String, TensorData> outputs, boolean continues) {
  public Golden {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  /** A first call. */
  public Golden(Map<String, TensorData> inputs, Map<String, TensorData> outputs) {
    this(inputs, outputs, false);
  }
}
