// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.List;
import java.util.Optional;

/**
 * A TensorFlow op in standard ONNX ops.
 *
 * @param at where its name stands
 * @param domain from its header; empty when it has none
 * @param op the TensorFlow op's name
 * @param opset whose forms the steps are written in
 * @param block what it does
 */
record Recipe(At at, String domain, String op, int opset, List<Parameter> parameters, Block block) {
  Recipe {
    parameters = List.copyOf(parameters);
  }

  List<Port> inputs() {
    return block.inputs();
  }

  List<Port> outputs() {
    return block.outputs();
  }

  Optional<Parameter> parameter(String name) {
    return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
  }
}
