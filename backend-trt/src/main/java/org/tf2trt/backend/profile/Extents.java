// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.profile;

/**
 * The extents that a dim may take in one profile: the engine is tuned for {@code opt} and runs
 * everything from {@code min} to {@code max}. Of inputs that are read as shapes these are values,
 * which may be negative.
 */
public record Extents(long min, long opt, long max) {
  /** Throws IllegalArgumentException unless {@code min <= opt <= max}, within 32 bits. */
  public Extents {
    if (min < Integer.MIN_VALUE || max > Integer.MAX_VALUE) {
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
    return parse(text, "[0-9]{1,10}");
  }

  /** The same for values, as {@code -1..0..4}. */
  static Extents parseValues(String text) {
    return parse(text, "-?[0-9]{1,10}");
  }

  private static Extents parse(String text, String form) {
    String[] parts = text.strip().split("\\.\\.", -1);
    if (parts.length > 3) {
      throw new IllegalArgumentException("'" + text + "' has more parts than min..opt..max");
    }
    long[] values = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].strip().matches(form)) {
        throw new IllegalArgumentException("'" + parts[i] + "' is no extent");
      }
      values[i] = Long.parseLong(parts[i].strip());
    }
    int last = values.length - 1;
    return new Extents(values[0], values.length == 3 ? values[1] : values[last], values[last]);
  }

  /** False for what only values can be. */
  boolean fitsDim() {
    return min >= 0;
  }

  boolean isFixed() {
    return min == max;
  }

  @Override
  public String toString() {
    return isFixed() ? String.valueOf(min) : min + ".." + opt + ".." + max;
  }
}
