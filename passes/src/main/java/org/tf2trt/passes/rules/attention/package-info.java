// SPDX-License-Identifier: Apache-2.0

/** Attention as the op that opset 23 has for it. */
package org.tf2trt.passes.rules.attention;
