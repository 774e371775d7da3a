// SPDX-License-Identifier: Apache-2.0

/**
 * TensorRT: building engines from ONNX models and running them. Importing this package loads
 * nothing native; {@link org.tf2trt.backend.engine.TensorRt#open()} does.
 */
package org.tf2trt.backend.engine;
