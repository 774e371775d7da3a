// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

/**
 * One inner tensor in three runtimes.
 *
 * @param engine TensorRT against TensorFlow
 * @param onnx the error of ONNX Runtime against TensorFlow
 * @param apart the error of TensorRT against ONNX Runtime
 */
public record EngineLayer(Layer engine, double onnx, double apart) {}
