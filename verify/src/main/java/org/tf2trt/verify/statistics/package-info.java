// SPDX-License-Identifier: Apache-2.0

/**
 * What is known of an output over many samples: sums and histograms that take each sample once, in
 * constant memory, and that merge, so that the work can be split and taken up again.
 */
package org.tf2trt.verify.statistics;
