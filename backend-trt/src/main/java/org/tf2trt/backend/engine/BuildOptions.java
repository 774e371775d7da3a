// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How an engine is built. Networks are always strongly typed: types are those of the ONNX model, so
 * that nothing here chooses a precision. Immutable; start from {@link #DEFAULT}.
 *
 * @param optimizationLevel 0 (fast build) to 5 (fast engine)
 * @param workspace limit of scratch memory in bytes; the whole GPU when absent
 * @param pools limits of further memory pools in bytes
 * @param tacticSources only these, where given
 * @param tf32 lets fp32 convolutions and matrix products round their inputs to 10 bits
 * @param versionCompatible plans run on later versions of the same major version too
 * @param refit weights can be replaced later
 * @param stripWeights leaves refittable weights out of the plan; implies refit
 * @param weightStreaming keeps weights on the host where the GPU lacks memory
 * @param sparsity uses kernels for 2:4 sparse weights
 * @param auxStreams how many further streams an engine may use
 * @param timingCache a file with measured kernels; read when it exists, never written here
 * @param markedOutputs names of ONNX tensors that become outputs as well
 */
public record BuildOptions(
    int optimizationLevel,
    OptionalLong workspace,
    Map<MemoryPool, Long> pools,
    Optional<Set<TacticSource>> tacticSources,
    boolean tf32,
    boolean versionCompatible,
    HardwareCompatibility hardware,
    boolean refit,
    boolean stripWeights,
    boolean weightStreaming,
    boolean sparsity,
    OptionalInt auxStreams,
    Verbosity verbosity,
    List<Profile> profiles,
    Optional<Path> timingCache,
    List<String> markedOutputs) {
  /** Level 3, TF32 off, detailed layer information, one fixed shape. */
  public static final BuildOptions DEFAULT = new BuildOptionsEditor().build();

  /**
   * Copies its collections.
   *
   * @throws IllegalArgumentException for a level outside 0..5, and sizes that are not positive
   */
  public BuildOptions {
    if (optimizationLevel < 0 || optimizationLevel > 5) {
      throw new IllegalArgumentException("optimisation level " + optimizationLevel);
    }
    if (workspace.isPresent() && workspace.getAsLong() <= 0) {
      throw new IllegalArgumentException("workspace of " + workspace.getAsLong() + " bytes");
    }
    if (auxStreams.isPresent() && auxStreams.getAsInt() < 0) {
      throw new IllegalArgumentException(auxStreams.getAsInt() + " auxiliary streams");
    }
    EnumMap<MemoryPool, Long> limits = new EnumMap<>(MemoryPool.class);
    limits.putAll(pools);
    pools = Collections.unmodifiableMap(limits);
    tacticSources =
        tacticSources.map(
            s -> {
              Set<TacticSource> copy = EnumSet.noneOf(TacticSource.class);
              copy.addAll(s);
              return Collections.unmodifiableSet(copy);
            });
    refit = refit || stripWeights;
    profiles = List.copyOf(profiles);
    markedOutputs = List.copyOf(markedOutputs);
  }

  /** An editor that starts with these values; {@code edit().tf32(true).build()}. */
  public BuildOptionsEditor edit() {
    return new BuildOptionsEditor(this);
  }

  public BuildOptions withProfiles(List<Profile> newProfiles) {
    return edit().profiles(newProfiles).build();
  }

  public BuildOptions withMarkedOutputs(List<String> names) {
    return edit().markedOutputs(new ArrayList<>(names)).build();
  }

  public BuildOptions withTimingCache(Path file) {
    return edit().timingCache(Optional.of(file)).build();
  }
}
