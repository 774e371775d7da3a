// SPDX-License-Identifier: Apache-2.0

/**
 * What TensorRT's ONNX parser takes, as a table, and the passes that bring a graph there or report
 * everything that cannot be brought there.
 */
package org.tf2trt.passes.trt;
