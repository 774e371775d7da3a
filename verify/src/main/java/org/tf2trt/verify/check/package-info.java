// SPDX-License-Identifier: Apache-2.0

/** Runs runtimes beside the reference over samples and collects how far they are from it. */
package org.tf2trt.verify.check;
