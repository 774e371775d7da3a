// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.quantized;

/**
 * The step of the last simulated quantisation before an output. Where a sum differs in its last
 * bit, a value on the edge between two levels moves by this much.
 *
 * @param size of a step; of several ranges, the largest
 * @param node the TensorFlow node that quantises
 */
public record QuantizationStep(double size, String node) {}
