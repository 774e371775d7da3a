// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

/** On which GPUs a plan runs; numbers as in TensorRT's HardwareCompatibilityLevel. */
public enum HardwareCompatibility {
  /** On the kind of GPU that it was built on. */
  NONE(0),
  /** On GPUs of the Ampere architecture and later. */
  AMPERE_PLUS(1),
  /** On GPUs of the same compute capability; TensorRT 11 only. */
  SAME_COMPUTE_CAPABILITY(2);

  private final int number;

  HardwareCompatibility(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
