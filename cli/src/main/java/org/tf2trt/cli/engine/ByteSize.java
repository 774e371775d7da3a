// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of memory as people write them. */
public final class ByteSize {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,15})\\s*([kmgt]?)(i?)b?");
  private static final List<String> UNITS = List.of("", "k", "m", "g", "t");

  private ByteSize() {}

  /**
   * {@code 4GiB}, {@code 512M}, {@code 1000000}: K, M, G and T are powers of 1024, whether followed
   * by i or not, as in trtexec. Throws IllegalArgumentException.
   */
  public static long parse(String text) {
    Matcher m = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!m.matches() || m.group(2).isEmpty() && !m.group(3).isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' is no size; write 4GiB, 512MiB or bytes");
    }
    try {
      return Math.multiplyExact(Long.parseLong(m.group(1)), 1L << (10 * UNITS.indexOf(m.group(2))));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is too large", e);
    }
  }

  /** {@code 1.5 GiB}; three digits at least where there is a unit. */
  public static String text(long bytes) {
    double value = bytes;
    String unit = "B";
    for (String larger : List.of("KiB", "MiB", "GiB", "TiB")) {
      if (Math.abs(value) < 1024) {
        break;
      }
      value /= 1024;
      unit = larger;
    }
    return unit.equals("B")
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 100 ? "%.1f %s" : "%.0f %s", value, unit);
  }
}
