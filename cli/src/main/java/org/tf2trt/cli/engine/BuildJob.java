// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tf2trt.backend.engine.BuildOptions;
import org.tf2trt.backend.profile.Extents;
import org.tf2trt.backend.profile.ProfileSpec;

/**
 * An engine to build.
 *
 * @param plan file to write
 * @param options of the build, without profiles and timing cache
 * @param profiles as asked for
 * @param batch as asked for
 * @param timingCache what is read and written
 */
public record BuildJob(
    Path plan,
    BuildOptions options,
    List<ProfileSpec> profiles,
    Optional<Extents> batch,
    TimingCacheChoice timingCache) {
  public BuildJob {
    profiles = List.copyOf(profiles);
  }
}
