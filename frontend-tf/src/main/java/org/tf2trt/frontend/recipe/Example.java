// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.data.TensorData;

/**
 * A self-check as written: what a recipe gives for some inputs.
 *
 * @param within largest error, relative to the largest magnitude of an output
 */
record Example(
    At at,
    String op,
    Map<String, Attr> attrs,
    Map<String, TensorData> inputs,
    Map<String, TensorData> outputs,
    double within) {
  Example {
    attrs = Collections.unmodifiableMap(new LinkedHashMap<>(attrs));
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }
}
