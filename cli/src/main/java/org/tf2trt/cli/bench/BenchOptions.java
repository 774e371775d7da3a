// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.bench;

import java.util.OptionalInt;

/**
 * How to measure.
 *
 * @param iterations of each stream; empty for as many as take about two seconds
 * @param streams that run at the same time, each with a context of its own
 * @param graph whether runs are launched from a CUDA graph
 * @param copies whether runs are measured together with the copies of inputs and outputs, too
 */
public record BenchOptions(OptionalInt iterations, int streams, boolean graph, boolean copies) {
  /** Throws IllegalArgumentException unless all numbers are at least 1. */
  public BenchOptions {
    if (streams < 1 || iterations.isPresent() && iterations.getAsInt() < 1) {
      throw new IllegalArgumentException("at least one iteration and one stream");
    }
  }
}
