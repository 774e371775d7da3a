// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.tf2trt.backend.engine.BuildOptions;
import org.tf2trt.cli.engine.TimingCacheChoice;
import picocli.CommandLine.Option;

/** How long TensorRT looks for kernels, and where it keeps what it measured. */
final class TuningOptions {
  private static final int MAX_LEVEL = 5;
  private static final String OFF = "off";

  @Option(
      names = "--opt-level",
      paramLabel = "0..5",
      description = "Of engines: 0 builds fast, 5 searches longest for a fast engine; default: 3.")
  private int level = BuildOptions.DEFAULT.optimizationLevel();

  @Option(
      names = "--timing-cache",
      paramLabel = "FILE|off",
      description =
          "Where measured kernels are kept, which makes later builds faster; default: a file in"
              + " ~/.cache/tf2trt for each GPU and TensorRT.")
  private String timingCache;

  /** Throws IllegalArgumentException. */
  int level() {
    if (level < 0 || level > MAX_LEVEL) {
      throw new IllegalArgumentException("--opt-level " + level + ": expected 0 to 5");
    }
    return level;
  }

  TimingCacheChoice timingCache() {
    boolean used = !OFF.equals(timingCache);
    return new TimingCacheChoice(
        used, Optional.ofNullable(timingCache).filter(t -> used).map(Path::of));
  }
}
