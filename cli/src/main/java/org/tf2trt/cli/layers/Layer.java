// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.layers;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A layer of an engine.
 *
 * @param name of TensorRT; several layers can share one
 * @param type as TensorRT calls it; empty when the engine does not tell
 * @param nodes of the ONNX model that it computes, which bear the names of TensorFlow's nodes;
 *     empty for what TensorRT added, such as a change of format
 * @param inputs in order
 * @param outputs in order
 * @param tactic the kernel; may be empty
 */
public record Layer(
    String name,
    String type,
    List<String> nodes,
    List<Tensor> inputs,
    List<Tensor> outputs,
    String tactic) {
  public Layer {
    nodes = List.copyOf(nodes);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * A tensor between layers.
   *
   * @param name of TensorRT
   * @param dtype in lower case, {@code fp16}; empty when not told
   * @param dims extents, -1 where they are open
   * @param format of memory, in TensorRT's words; may be empty
   */
  public record Tensor(String name, String dtype, List<Long> dims, String format) {
    public Tensor {
      dims = List.copyOf(dims);
    }
  }

  /** The type that its outputs have; {@code fp16, fp32} when it has several. */
  public String precision() {
    return outputs.stream()
        .map(Tensor::dtype)
        .filter(d -> !d.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** The memory format of its first output. */
  public String format() {
    return outputs.isEmpty() ? "" : outputs.get(0).format();
  }
}
