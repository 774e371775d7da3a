// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Sets single values of {@link BuildOptions}, which says what they mean. */
public final class BuildOptionsEditor {
  private int optimizationLevel = 3;
  private OptionalLong workspace = OptionalLong.empty();
  private Map<MemoryPool, Long> pools = Map.of();
  private Optional<Set<TacticSource>> tacticSources = Optional.empty();
  private boolean tf32;
  private boolean versionCompatible;
  private HardwareCompatibility hardware = HardwareCompatibility.NONE;
  private boolean refit;
  private boolean stripWeights;
  private boolean weightStreaming;
  private boolean sparsity;
  private OptionalInt auxStreams = OptionalInt.empty();
  private Verbosity verbosity = Verbosity.DETAILED;
  private List<Profile> profiles = List.of();
  private Optional<Path> timingCache = Optional.empty();
  private List<String> markedOutputs = List.of();

  BuildOptionsEditor() {}

  BuildOptionsEditor(BuildOptions from) {
    optimizationLevel = from.optimizationLevel();
    workspace = from.workspace();
    pools = from.pools();
    tacticSources = from.tacticSources();
    tf32 = from.tf32();
    versionCompatible = from.versionCompatible();
    hardware = from.hardware();
    refit = from.refit();
    stripWeights = from.stripWeights();
    weightStreaming = from.weightStreaming();
    sparsity = from.sparsity();
    auxStreams = from.auxStreams();
    verbosity = from.verbosity();
    profiles = from.profiles();
    timingCache = from.timingCache();
    markedOutputs = from.markedOutputs();
  }

  public BuildOptionsEditor optimizationLevel(int value) {
    optimizationLevel = value;
    return this;
  }

  public BuildOptionsEditor workspace(OptionalLong value) {
    workspace = value;
    return this;
  }

  public BuildOptionsEditor pools(Map<MemoryPool, Long> value) {
    pools = value;
    return this;
  }

  public BuildOptionsEditor tacticSources(Optional<Set<TacticSource>> value) {
    tacticSources = value;
    return this;
  }

  public BuildOptionsEditor tf32(boolean value) {
    tf32 = value;
    return this;
  }

  public BuildOptionsEditor versionCompatible(boolean value) {
    versionCompatible = value;
    return this;
  }

  public BuildOptionsEditor hardware(HardwareCompatibility value) {
    hardware = value;
    return this;
  }

  public BuildOptionsEditor refit(boolean value) {
    refit = value;
    return this;
  }

  public BuildOptionsEditor stripWeights(boolean value) {
    stripWeights = value;
    return this;
  }

  public BuildOptionsEditor weightStreaming(boolean value) {
    weightStreaming = value;
    return this;
  }

  public BuildOptionsEditor sparsity(boolean value) {
    sparsity = value;
    return this;
  }

  public BuildOptionsEditor auxStreams(OptionalInt value) {
    auxStreams = value;
    return this;
  }

  public BuildOptionsEditor verbosity(Verbosity value) {
    verbosity = value;
    return this;
  }

  public BuildOptionsEditor profiles(List<Profile> value) {
    profiles = value;
    return this;
  }

  public BuildOptionsEditor timingCache(Optional<Path> value) {
    timingCache = value;
    return this;
  }

  public BuildOptionsEditor markedOutputs(List<String> value) {
    markedOutputs = value;
    return this;
  }

  public BuildOptions build() {
    return new BuildOptions(
        optimizationLevel,
        workspace,
        pools,
        tacticSources,
        tf32,
        versionCompatible,
        hardware,
        refit,
        stripWeights,
        weightStreaming,
        sparsity,
        auxStreams,
        verbosity,
        profiles,
        timingCache,
        markedOutputs);
  }
}
