// SPDX-License-Identifier: Apache-2.0

/** The step of a conversion that puts low precision into the graph, verified in ONNX Runtime. */
package org.tf2trt.convert.precision;
