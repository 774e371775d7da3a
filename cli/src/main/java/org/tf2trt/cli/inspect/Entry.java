// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.inspect;

import java.util.List;
import org.tf2trt.convert.GraphStats;
import org.tf2trt.ir.diag.Diagnostic;

/**
 * One way into a model: a signature, or a whole graph.
 *
 * @param name of the signature; empty for a graph that has none
 * @param inputs by public name
 * @param outputs by public name
 * @param stats of the nodes that its outputs need; null when it cannot be imported
 * @param problems that stand in the way of a conversion
 * @param engine what it becomes for TensorRT; null when nobody asked, or when problems stand in the
 *     way already
 */
record Entry(
    String name,
    List<NamedType> inputs,
    List<NamedType> outputs,
    GraphStats stats,
    List<Diagnostic> problems,
    EngineForm engine) {
  Entry {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    problems = List.copyOf(problems);
  }

  Entry(
      String name,
      List<NamedType> inputs,
      List<NamedType> outputs,
      GraphStats stats,
      List<Diagnostic> problems) {
    this(name, inputs, outputs, stats, problems, null);
  }
}
