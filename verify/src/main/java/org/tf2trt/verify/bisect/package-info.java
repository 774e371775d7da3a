// SPDX-License-Identifier: Apache-2.0

/** Finds where two runtimes begin to differ on one model. */
package org.tf2trt.verify.bisect;
