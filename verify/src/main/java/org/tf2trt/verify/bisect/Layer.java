// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

/**
 * One inner tensor, compared.
 *
 * @param probe which
 * @param error largest difference over the largest magnitude; infinite where one is NaN or infinite
 *     and the other is not
 * @param allowed what it may be
 * @param channelsFirst whether the original's value fits with its channels moved to the front
 */
public record Layer(Probe probe, double error, double allowed, boolean channelsFirst) {
  /** One whose layout is that of the original. */
  public Layer(Probe probe, double error, double allowed) {
    this(probe, error, allowed, false);
  }

  public boolean fails() {
    return !(error <= allowed);
  }
}
