// SPDX-License-Identifier: Apache-2.0

/** Control flow and lists of tensors: If, Case, While and TensorList ops in ONNX. */
package org.tf2trt.frontend.flow;
