// SPDX-License-Identifier: Apache-2.0

/** Verification against TensorFlow itself: options, samples, results as text and JSON. */
package org.tf2trt.cli.verify;
