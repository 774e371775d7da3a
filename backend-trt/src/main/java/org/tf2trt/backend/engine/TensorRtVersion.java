// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of TensorRT, such as 10.6.0.26.
 *
 * @param build 0 where it is not known
 */
public record TensorRtVersion(int major, int minor, int patch, int build)
    implements Comparable<TensorRtVersion> {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?:\\.(\\d{1,6}))?");

  /**
   * Reads {@code 10.6}, {@code 10.6.0} or {@code 10.6.0.26}.
   *
   * @throws IllegalArgumentException when the text is none of these
   */
  public static TensorRtVersion parse(String text) {
    Matcher m = TEXT.matcher(text.trim());
    if (!m.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a version of TensorRT");
    }
    return new TensorRtVersion(
        Integer.parseInt(m.group(1)),
        Integer.parseInt(m.group(2)),
        m.group(3) == null ? 0 : Integer.parseInt(m.group(3)),
        m.group(4) == null ? 0 : Integer.parseInt(m.group(4)));
  }

  /** True when plans of one can be loaded by the other: TensorRT asks for equal versions. */
  public boolean samePlans(TensorRtVersion other) {
    return major == other.major && minor == other.minor && patch == other.patch;
  }

  @Override
  public int compareTo(TensorRtVersion other) {
    int[] a = {major, minor, patch, build};
    int[] b = {other.major, other.minor, other.patch, other.build};
    return java.util.Arrays.compare(a, b);
  }

  /** {@code 10.6.0.26}, without the build where it is not known. */
  @Override
  public String toString() {
    return major + "." + minor + "." + patch + (build == 0 ? "" : "." + build);
  }
}
