// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.profile;

/**
 * The extents that a dim may take in one profile: the engine is tuned for {@code opt} and runs
 * everything from {@code min} to {@code max}.
 */
public record Extents(long min, long opt, long max) {
  /** Throws IllegalArgumentException unless {@code 0 <= min <= opt <= max}, within 31 bits. */
  public Extents {
    if (min < 0 || max > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("an extent is out of range");
    }
    if (min > opt || opt > max) {
      throw new IllegalArgumentException(
          "min..opt..max has to rise, but is " + min + ".." + opt + ".." + max);
    }
  }

  static Extents fixed(long size) {
    return new Extents(size, size, size);
  }

  /**
   * Reads {@code 8}, {@code 1..32} (tuned for the largest) or {@code 1..8..32}. Throws
   * IllegalArgumentException.
   */
  public static Extents parse(String text) {
    String[] parts = text.strip().split("\\.\\.", -1);
    if (parts.length > 3) {
      throw new IllegalArgumentException("'" + text + "' has more parts than min..opt..max");
    }
    long[] values = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].strip().matches("[0-9]{1,10}")) {
        throw new IllegalArgumentException("'" + parts[i] + "' is no extent");
      }
      values[i] = Long.parseLong(parts[i].strip());
    }
    int last = values.length - 1;
    return new Extents(values[0], values.length == 3 ? values[1] : values[last], values[last]);
  }

  boolean isFixed() {
    return min == max;
  }

  @Override
  public String toString() {
    return isFixed() ? String.valueOf(min) : min + ".." + opt + ".." + max;
  }
}
