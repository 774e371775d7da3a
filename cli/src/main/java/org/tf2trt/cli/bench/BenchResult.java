// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.bench;

import java.util.List;
import java.util.Optional;

/**
 * What was measured; times in microseconds of the GPU, between two events on the stream.
 *
 * @param batch first extent of the first input; 1 where that has none
 * @param iterations of each stream
 * @param graph whether runs were launched from a CUDA graph
 * @param warmUp what it took until times settled
 * @param run one run, from inputs to outputs on the GPU
 * @param withCopies one run with the copies of its inputs and outputs, where that was asked for
 * @param upload copies of all inputs
 * @param download copies of all outputs
 * @param runsPerSecond of all streams, by the clock of the host
 * @param stability of the runs
 * @param memory that the engine takes
 * @param notes what was not as asked for
 */
public record BenchResult(
    long batch,
    int iterations,
    int streams,
    boolean graph,
    WarmUp warmUp,
    Percentiles run,
    Optional<Percentiles> withCopies,
    Percentiles upload,
    Percentiles download,
    double runsPerSecond,
    Stability stability,
    Memory memory,
    List<String> notes) {
  public BenchResult {
    notes = List.copyOf(notes);
  }

  /**
   * Bytes.
   *
   * @param plan the file
   * @param context that each stream's context takes for intermediate results
   * @param buffers on the GPU for inputs and outputs of all streams
   * @param pinned on the host for the same
   */
  public record Memory(long plan, long context, long buffers, long pinned) {}
}
