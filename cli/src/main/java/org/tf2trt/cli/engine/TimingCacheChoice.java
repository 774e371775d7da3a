// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.tf2trt.backend.engine.TensorRt;

/**
 * Where measured kernels are kept.
 *
 * @param used whether they are kept at all
 * @param file empty for the standard one
 */
public record TimingCacheChoice(boolean used, Optional<Path> file) {
  public static final TimingCacheChoice STANDARD = new TimingCacheChoice(true, Optional.empty());

  /** The cache of this GPU and TensorRT; empty when none is used. */
  public Optional<SharedTimingCache> open(TensorRt tensorRt) {
    return used ? Optional.of(SharedTimingCache.of(tensorRt, file)) : Optional.empty();
  }
}
