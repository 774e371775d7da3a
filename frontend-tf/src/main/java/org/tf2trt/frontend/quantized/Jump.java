// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.quantized;

import java.util.Optional;

/**
 * A TensorFlow node whose result jumps where what it computes from passes an edge.
 *
 * @param node that quantises, or decides
 * @param step by which a value of it may jump; 0 for labels
 * @param scores that labels are the places of the largest of
 */
public record Jump(String node, double step, Optional<Scores> scores) {
  /**
   * What an ArgMax chooses from.
   *
   * @param tensor as {@code node:0}
   * @param axis may be negative
   */
  public record Scores(String tensor, int axis) {}
}
