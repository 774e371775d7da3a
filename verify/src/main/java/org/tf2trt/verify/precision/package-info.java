// SPDX-License-Identifier: Apache-2.0

/** Measures in ONNX Runtime what low precision does to a network. */
package org.tf2trt.verify.precision;
