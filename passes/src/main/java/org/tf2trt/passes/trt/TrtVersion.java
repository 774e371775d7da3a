// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

/** The releases of TensorRT whose parsers the table describes. */
public enum TrtVersion {
  V10_6("10.6"),
  V11_2("11.2");

  private final String text;

  TrtVersion(String text) {
    this.text = text;
  }

  /** As in the table: {@code 10.6}. */
  public String text() {
    return text;
  }
}
