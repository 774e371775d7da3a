// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which float32 inputs and outputs of the network change to the low type.
 *
 * @param low their names
 */
public record IoTypes(Set<String> low) {
  /** All stay as they are. */
  public static final IoTypes KEEP = new IoTypes(Set.of());

  public IoTypes {
    low = Collections.unmodifiableSet(new LinkedHashSet<>(low));
  }

  boolean isLow(String name) {
    return low.contains(name);
  }
}
