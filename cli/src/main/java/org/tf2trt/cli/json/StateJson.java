// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.ir.data.TensorData;

/** Variables that are inputs and outputs of the model. */
final class StateJson {
  private static final int FEW = 16;

  private StateJson() {}

  static void put(ArrayNode array, List<StateVariable> state) {
    for (StateVariable s : state) {
      ObjectNode node = array.addObject();
      node.put("variable", s.variable());
      node.put("input", s.input().orElse(null));
      node.put("output", s.output());
      s.initial().ifPresent(value -> initial(node, value));
    }
  }

  /** Few values one by one, many as one number where they are equal; else only in the npz file. */
  private static void initial(ObjectNode node, TensorData value) {
    double[] numbers = value.doubles();
    if (numbers.length <= FEW) {
      ArrayNode all = node.putArray("initial");
      Arrays.stream(numbers).forEach(all::add);
    } else if (Arrays.stream(numbers).allMatch(n -> n == numbers[0])) {
      node.put("initial", numbers[0]);
    } else {
      node.putNull("initial");
    }
  }
}
