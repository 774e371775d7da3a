// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.ir.schema;

import java.util.Set;

/**
 * Ops that opset 22 of ONNX let take bfloat16, and changed in nothing else that the forms of opset
 * 21 would have to follow. Source: the ONNX changelog of opset 22, against the schemas of 21.
 */
public final class Bfloat16Ops {
  /** The opset that these ops take bfloat16 from. */
  public static final int OPSET = 22;

  private static final Set<String> OPS =
      Set.of(
          "Acos",
          "Acosh",
          "Asin",
          "Asinh",
          "Atan",
          "Atanh",
          "AveragePool",
          "Conv",
          "ConvTranspose",
          "Cos",
          "Cosh",
          "DeformConv",
          "Elu",
          "GRU",
          "GlobalAveragePool",
          "GlobalLpPool",
          "GlobalMaxPool",
          "GridSample",
          "HardSigmoid",
          "HardSwish",
          "InstanceNormalization",
          "LSTM",
          "LpNormalization",
          "LpPool",
          "MaxPool",
          "Mish",
          "RNN",
          "RoiAlign",
          "Round",
          "Selu",
          "Sin",
          "Sinh",
          "Softplus",
          "Softsign",
          "Tan",
          "ThresholdedRelu");

  private Bfloat16Ops() {}

  /** Whether opset 22 extended this op, named without its dialect. */
  public static boolean has(String op) {
    return OPS.contains(op);
  }
}
