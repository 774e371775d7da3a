// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.ir.Dim;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** The sizes of cuDNN's recurrent layers, and the forms that have no equivalent. */
final class CudnnForm {
  static final int INPUT_H = 1;
  static final int PARAMS = 3;

  /** Of which the last two are for the backward pass. */
  static final int OUTPUTS = 5;

  private CudnnForm() {}

  /** Whether time comes first, as it always did before there was an attribute for it. */
  static boolean isTimeMajor(TfNode node) {
    return !node.has("time_major") || node.flag("time_major");
  }

  /** What params holds; refuses other forms. The number of layers follows from the first states. */
  static CudnnParams params(TfNode node) {
    CudnnCell cell = CudnnCell.of(node);
    int directions = node.string("direction").equals("bidirectional") ? 2 : 1;
    long count = extent(node, INPUT_H, isTimeMajor(node) ? 0 : 1);
    long units = extent(node, INPUT_H, 2);
    if (count == 0 || count % directions != 0) {
      throw badShape(
          node, "input_h is " + node.input(INPUT_H).type() + ", which makes no whole layers");
    }
    int layers = (int) (count / directions);
    refuseOtherForms(node, layers, units);
    CudnnParams open = new CudnnParams(cell, layers, directions, units, 0);
    Dim inputs = node.input(0, 3).shape().dim(2);
    Dim size = node.input(PARAMS, 1).shape().dim(0);
    if (!size.isKnown()) {
      return open.withInputs(extent(node, 0, 2));
    }
    CudnnParams params =
        inputs.isKnown() ? open.withInputs(inputs.size()) : open.fitting(size.size());
    if (params.size() != size.size()) {
      String layout =
          "%d layers of %d x %d units that read %d inputs"
              .formatted(layers, directions, units, params.inputs());
      throw badShape(
          node,
          "params has " + size.size() + " elements, expected " + params.size() + " for " + layout);
    }
    return params;
  }

  private static void refuseOtherForms(TfNode node, int layers, long units) {
    String mode = node.string("input_mode");
    if (mode.equals("skip_input") || mode.equals("auto_select") && extent(node, 0, 2) == units) {
      throw node.refuse(
          "input_mode is "
              + mode
              + ", and nothing says which biases params has for a first layer without matrices",
          "export the model with input_mode linear_input");
    }
    if (node.has("num_proj") && node.integer("num_proj") != 0) {
      throw node.refuse(
          "the LSTM projects its output (num_proj), which ONNX's does not",
          "export the model without a projection, or cut the graph before (--outputs) it");
    }
    if (node.flag("is_training") && node.number("dropout") != 0 && layers > 1) {
      throw node.refuse(
          "it drops out values between layers, as in training",
          "export the model for inference, with is_training false");
    }
    for (int i = OUTPUTS - 2; i < node.outputCount(); i++) {
      if (node.isUsed(i)) {
        throw node.refuse(
            "output " + i + " is read, which is for the backward pass only",
            "choose outputs (--outputs) that do not need it");
      }
    }
  }

  private static long extent(TfNode node, int input, int axis) {
    Dim d = node.input(input, 3).shape().dim(axis);
    if (!d.isKnown()) {
      throw node.refuse(
          "input "
              + input
              + " is "
              + node.input(input).type()
              + ", and axis "
              + axis
              + " has to be known",
          "give its shape with --shape");
    }
    return d.size();
  }

  private static DiagnosticException badShape(TfNode node, String message) {
    return DiagnosticException.of(
        Code.BAD_SHAPE, node.origin().toString(), message, "export the model again");
  }
}
