// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;

/** The cells of cuDNN's recurrent layers, and which of ONNX's they are. */
enum CudnnCell {
  /** cuDNN's gates are i, f, c, o; ONNX's i, o, f, c. */
  LSTM("lstm", "LSTM", List.of("Sigmoid", "Tanh", "Tanh"), 0, 3, 1, 2),
  /** cuDNN's gates are r, i (which ONNX calls z), h; ONNX's z, r, h. */
  GRU("gru", "GRU", List.of("Sigmoid", "Tanh"), 1, 0, 2),
  TANH("rnn_tanh", "RNN", List.of("Tanh"), 0),
  RELU("rnn_relu", "RNN", List.of("Relu"), 0);

  private final String mode;
  private final String onnx;
  private final List<String> activations;
  private final long[] gates;

  CudnnCell(String mode, String onnx, List<String> activations, long... gates) {
    this.mode = mode;
    this.onnx = onnx;
    this.activations = activations;
    this.gates = gates;
  }

  /** The cell of a value of {@code rnn_mode}. */
  static CudnnCell of(TfNode node) {
    for (CudnnCell c : values()) {
      if (c.mode.equals(node.string("rnn_mode"))) {
        return c;
      }
    }
    throw node.refuse("rnn_mode is " + node.string("rnn_mode"), "export the model again");
  }

  /** ONNX's op, without the dialect. */
  String onnx() {
    return onnx;
  }

  List<String> activations() {
    return activations;
  }

  /** For each of ONNX's gates which of cuDNN's it is. */
  long[] gates() {
    return gates.clone();
  }

  /** How many states the cell has: h, and c of an LSTM. */
  int states() {
    return this == LSTM ? 2 : 1;
  }
}
