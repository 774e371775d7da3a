// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.tf2trt.backend.engine.BuildOptions;

/** The options of a build by the names of their flags, for the sidecar. */
final class BuildFlagTexts {
  private BuildFlagTexts() {}

  static Map<String, String> of(BuildOptions o) {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("opt-level", String.valueOf(o.optimizationLevel()));
    o.workspace().ifPresent(w -> flags.put("workspace", String.valueOf(w)));
    o.pools().forEach((pool, bytes) -> flags.put("pool-" + word(pool), String.valueOf(bytes)));
    o.tacticSources()
        .ifPresent(
            s ->
                flags.put(
                    "tactic-sources",
                    s.stream().map(BuildFlagTexts::word).collect(Collectors.joining(","))));
    flags.put("tf32", String.valueOf(o.tf32()));
    flags.put("version-compatible", String.valueOf(o.versionCompatible()));
    flags.put("hardware-compatible", word(o.hardware()));
    flags.put("refit", String.valueOf(o.refit()));
    flags.put("strip-weights", String.valueOf(o.stripWeights()));
    flags.put("weight-streaming", String.valueOf(o.weightStreaming()));
    flags.put("sparsity", String.valueOf(o.sparsity()));
    o.auxStreams().ifPresent(n -> flags.put("aux-streams", String.valueOf(n)));
    o.timingCache().ifPresent(f -> flags.put("timing-cache", f.toString()));
    return flags;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
