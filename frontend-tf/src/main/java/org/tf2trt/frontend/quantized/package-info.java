// SPDX-License-Identifier: Apache-2.0

/** What simulated quantisation says about a model's outputs. */
package org.tf2trt.frontend.quantized;
