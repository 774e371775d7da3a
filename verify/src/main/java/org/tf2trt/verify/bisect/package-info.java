// SPDX-License-Identifier: Apache-2.0

/**
 * Where along a network outputs go wrong: between two runtimes on one converted model, and between
 * the original in TensorFlow and a converted model, whose inner tensors are matched by provenance.
 */
package org.tf2trt.verify.bisect;
