// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.Optional;
import org.tf2trt.ir.data.TensorData;

/**
 * A variable that became an input and an output of the model.
 *
 * @param variable name of the variable
 * @param input takes the value before the call; empty when the call does not depend on it
 * @param output gives the value after the call
 * @param initial the saved value, for the first call; empty when there is no input
 */
public record StateVariable(
    String variable, Optional<String> input, String output, Optional<TensorData> initial) {}
