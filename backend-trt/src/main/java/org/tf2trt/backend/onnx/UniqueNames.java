// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hands out names of one namespace, each only once. */
final class UniqueNames {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> lastSuffix = new HashMap<>();

  /** Takes exactly this name; false when it is taken already. */
  boolean reserve(String name) {
    return taken.add(name);
  }

  /** The name itself, or with the first free suffix {@code _1}, {@code _2}, ... */
  String unique(String name) {
    if (taken.add(name)) {
      return name;
    }
    int suffix = lastSuffix.getOrDefault(name, 0);
    String candidate;
    do {
      candidate = name + "_" + ++suffix;
    } while (!taken.add(candidate));
    lastSuffix.put(name, suffix);
    return candidate;
  }
}
