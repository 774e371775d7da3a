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
    return taken.add(name) ? name : suffixed(name, "_", 1);
  }

  /** The name itself, or with the first free number from 2 on right behind it. */
  String numbered(String name) {
    return taken.add(name) ? name : suffixed(name, "", 2);
  }

  private String suffixed(String name, String separator, int first) {
    int suffix = lastSuffix.getOrDefault(name, first);
    String candidate;
    do {
      candidate = name + separator + suffix++;
    } while (!taken.add(candidate));
    lastSuffix.put(name, suffix);
    return candidate;
  }
}
