// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

/**
 * Hears of the phases of a build, which are nested and may overlap. Called from threads of
 * TensorRT; must be quick and must not throw.
 */
public interface BuildProgress {
  /** Hears nothing, cancels nothing. */
  BuildProgress NONE = new BuildProgress() {};

  /**
   * A phase begins.
   *
   * @param parent the phase that it is part of, or empty
   * @param steps how many steps it will take
   */
  default void started(String phase, String parent, int steps) {}

  /**
   * A step is done.
   *
   * @return false to cancel the build
   */
  default boolean step(String phase, int step) {
    return true;
  }

  /** A phase is over, also after a failure. */
  default void finished(String phase) {}
}
