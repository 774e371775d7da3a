// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

/**
 * A value's name where it is read or defined.
 *
 * @param text empty where an optional input is left out or a result is not wanted
 */
record Name(At at, String text) {
  boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return "'" + text + "'";
  }
}
