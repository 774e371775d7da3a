// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tf2trt.backend.engine.Device;
import org.tf2trt.backend.engine.EngineBuilder;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.backend.plan.TimingCacheFile;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;

/** Keeps what a build measured where the next one finds it. */
public final class SharedTimingCache {
  private final TimingCacheFile file;

  private SharedTimingCache(TimingCacheFile file) {
    this.file = file;
  }

  /** The cache of this GPU and TensorRT, in the given file or at the standard place. */
  public static SharedTimingCache of(TensorRt tensorRt, Optional<Path> chosen) {
    Device device = tensorRt.device();
    return new SharedTimingCache(
        new TimingCacheFile(
            chosen.orElseGet(
                () ->
                    TimingCacheFile.standard(
                        System.getenv(),
                        Path.of(System.getProperty("user.home")),
                        tensorRt.version().toString(),
                        device.name(),
                        device.computeCapability()))));
  }

  public Path file() {
    return file.file();
  }

  /** Adds measurements; a file that cannot be written costs time later, and is only warned of. */
  public Optional<Diagnostic> add(byte[] measured, EngineBuilder builder) {
    try {
      if (measured.length > 0) {
        file.merge(measured, (before, mine) -> builder.mergeTimingCaches(List.of(before, mine)));
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          Diagnostic.warning(
              Code.OUTPUT_NOT_WRITABLE,
              file.file().toString(),
              "the timing cache cannot be kept: " + e.getMessage(),
              "choose another place with --timing-cache, or turn it off"));
    }
  }
}
