// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

/**
 * One inner tensor, compared.
 *
 * @param probe which
 * @param error largest difference over the largest magnitude; infinite where one is NaN or infinite
 *     and the other is not
 * @param allowed what it may be
 */
public record Layer(Probe probe, double error, double allowed) {
  public boolean fails() {
    return !(error <= allowed);
  }
}
