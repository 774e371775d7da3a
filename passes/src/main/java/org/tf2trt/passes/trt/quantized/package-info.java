// SPDX-License-Identifier: Apache-2.0

/** Quantisation in the one form that TensorRT has: i8 around zero, next to what computes in i8. */
package org.tf2trt.passes.trt.quantized;
