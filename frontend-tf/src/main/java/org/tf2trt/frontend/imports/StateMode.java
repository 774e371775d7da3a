// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

/** What becomes of variables that the graph changes. */
public enum StateMode {
  /** They keep their saved values: every call is the first after loading. */
  FIXED,
  /** Each is an input, its value before the call, and an output, its value after it. */
  IO
}
