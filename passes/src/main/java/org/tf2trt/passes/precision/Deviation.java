// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

/**
 * How far outputs are from those of the float32 network.
 *
 * @param worst the largest error of an element of any output, over that output's largest magnitude;
 *     infinite when one is NaN or infinite and the other is not
 * @param energy the mean squared error over the mean square, summed over the outputs; rounding
 *     errors of different nodes add up in it
 */
public record Deviation(double worst, double energy) {}
