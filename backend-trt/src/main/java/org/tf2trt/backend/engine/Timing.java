// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

/**
 * Times of runs.
 *
 * @param gpuMicroseconds of each run, between two events on its stream
 * @param wallMicroseconds of all runs together, from the first launch until the GPU was idle
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Timing(double[] gpuMicroseconds, double wallMicroseconds) {
  public Timing {
    gpuMicroseconds = gpuMicroseconds.clone();
  }

  @Override
  public double[] gpuMicroseconds() {
    return gpuMicroseconds.clone();
  }
}
