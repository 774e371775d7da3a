// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

/**
 * What becomes of variables that the graph changes.
 *
 * @param mode what is asked for
 * @param command the command line that asks for inputs and outputs; for messages
 */
public record StateRequest(StateMode mode, String command) {
  /** Saved values, for who has no command line. */
  public static final StateRequest FIXED = new StateRequest(StateMode.FIXED, "--variables io");
}
