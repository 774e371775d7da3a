// SPDX-License-Identifier: Apache-2.0

/**
 * What {@code tf2trt verify} does. Four classes compare, by what there is to compare with:
 *
 * <ul>
 *   <li>{@link org.tf2trt.cli.verify.VerifyAgainstTensorFlow}: {@code verify MODEL
 *       OUT.onnx|OUT.plan} and {@code convert --verify}. The original runs beside the converted
 *       model, over any number of samples; where they differ, their inner tensors are compared,
 *       too.
 *   <li>{@link org.tf2trt.cli.verify.SweepAgainstTensorFlow}: {@code sweep --tensorflow}. The same
 *       for one of many models, on one made-up call and on the inputs of its goldens; prints
 *       nothing.
 *   <li>{@link org.tf2trt.cli.verify.VerifyAgainstGoldens}: {@code verify OUT.onnx --golden}.
 *       Stored arrays are the reference, TensorFlow is not needed.
 *   <li>{@code VerifyPlanAgainstGoldens}, beside the commands: {@code verify OUT.plan --golden}.
 *       The same for an engine, with ONNX Runtime as a second opinion when the model is given.
 * </ul>
 *
 * <p>The comparing itself is in the module {@code verify}.
 */
package org.tf2trt.cli.verify;
