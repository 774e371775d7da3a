// SPDX-License-Identifier: Apache-2.0

/**
 * The child process that runs TensorFlow: it answers requests on its standard input through
 * TensorFlow's C API.
 */
package org.tf2trt.verify.reference.server;
