// SPDX-License-Identifier: Apache-2.0

/**
 * TensorFlow itself as the reference: the original model runs in a child process, which alone loads
 * TensorFlow's native library.
 */
package org.tf2trt.verify.reference;
