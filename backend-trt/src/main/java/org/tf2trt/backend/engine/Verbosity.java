// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

/** What an engine tells about its layers; numbers as in TensorRT's ProfilingVerbosity. */
public enum Verbosity {
  LAYER_NAMES_ONLY(0),
  NONE(1),
  /** Names, tactics, formats, dimensions: what {@code tf2trt layers} shows. */
  DETAILED(2);

  private final int number;

  Verbosity(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
