// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.List;
import java.util.Map;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.OpDef;

/**
 * What to import.
 *
 * @param name of the graph
 * @param graph the main graph
 * @param functions its library
 * @param inputs public inputs, in order; empty for every placeholder that the outputs need
 * @param outputs public outputs, in order; not empty
 * @param variables values of variables
 * @param customOps declarations of ops that TensorFlow does not have, as far as the model has them
 * @param state what becomes of variables that the graph changes
 * @param values texts of inputs that become constants, by their names
 */
public record ImportRequest(
    String name,
    GraphDef graph,
    Map<String, FunctionDef> functions,
    List<PublicTensor> inputs,
    List<PublicTensor> outputs,
    VariableValues variables,
    Map<String, OpDef> customOps,
    StateRequest state,
    Map<String, String> values) {
  public ImportRequest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** A model that declares no ops, every call of it as the first. */
  public ImportRequest(
      String name,
      GraphDef graph,
      Map<String, FunctionDef> functions,
      List<PublicTensor> inputs,
      List<PublicTensor> outputs,
      VariableValues variables) {
    this(
        name, graph, functions, inputs, outputs, variables, Map.of(), StateRequest.FIXED, Map.of());
  }
}
