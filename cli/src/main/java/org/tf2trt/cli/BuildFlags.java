// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.tf2trt.backend.engine.BuildOptions;
import org.tf2trt.backend.engine.HardwareCompatibility;
import org.tf2trt.backend.engine.MemoryPool;
import org.tf2trt.backend.engine.TacticSource;
import org.tf2trt.backend.profile.Extents;
import org.tf2trt.backend.profile.ProfileSpec;
import org.tf2trt.cli.engine.BuildJob;
import org.tf2trt.cli.engine.ByteSize;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of everything that builds an engine. */
final class BuildFlags {
  @Option(
      names = "--profile",
      paramLabel = "P",
      description =
          "Shapes the engine takes, least..tuned for..largest:"
              + " image=1x224x224x3..8x224x224x3..32x224x224x3, several inputs with commas between"
              + " them, or a symbol of the model: batch=1..8..32; the values of a size that is an input:"
              + " size=32x32..224x224..512x512. Repeatable: several profiles.")
  private List<String> profiles = List.of();

  @Option(
      names = "--batch",
      paramLabel = "1..8..32",
      description = "The first dim of every input, as in --profile; one number fixes it.")
  private String batch;

  @Mixin private TuningOptions tuning = new TuningOptions();

  @Option(
      names = "--workspace",
      paramLabel = "4GiB",
      description = "Most scratch memory of the engine; default: the whole GPU.")
  private String workspace;

  @Option(
      names = "--pool",
      paramLabel = "NAME=SIZE",
      description =
          "Size of another memory pool: tactic-dram, tactic-shared-memory, dla-managed-sram,"
              + " dla-local-dram, dla-global-dram.")
  private Map<String, String> pools = new LinkedHashMap<>();

  @Option(
      names = "--tf32",
      description =
          "Let fp32 convolutions and matrix products round their inputs to 10 bits; about four"
              + " times faster, errors near 1e-3.")
  private boolean tf32;

  @Option(names = "--refit", description = "Make weights replaceable in the finished engine.")
  private boolean refit;

  @Option(
      names = "--strip-weights",
      description = "Leave the weights out; tf2trt run --weights puts them in.")
  private boolean stripWeights;

  @Option(
      names = "--weight-streaming",
      description = "Keep weights on the host while the GPU lacks memory.")
  private boolean weightStreaming;

  @Option(names = "--sparsity", description = "Use kernels for weights that are 2:4 sparse.")
  private boolean sparsity;

  @Option(
      names = "--version-compatible",
      description = "An engine that newer releases of this TensorRT's major version load too.")
  private boolean versionCompatible;

  @Option(
      names = "--hardware-compatible",
      paramLabel = "none|ampere-plus|same-compute-capability",
      description = "On which other GPUs the engine runs; slower than none, the default.")
  private String hardware = "none";

  @Option(
      names = "--tactic-sources",
      paramLabel = "S",
      split = ",",
      description =
          "Take kernels only from these: cublas, cublas-lt, cudnn, edge-mask-convolutions,"
              + " jit-convolutions.")
  private List<String> tacticSources;

  @Option(
      names = "--aux-streams",
      paramLabel = "N",
      description = "How many further streams the engine may run on; default: TensorRT decides.")
  private Integer auxStreams;

  /** All of it; throws {@code BAD_PROFILE} or a usage error. */
  BuildJob job(CommandLine command, Path plan) {
    return new BuildJob(plan, options(command), profiles(), batch(), tuning.timingCache());
  }

  private List<ProfileSpec> profiles() {
    return profiles.stream().map(ProfileSpec::parse).toList();
  }

  private Optional<Extents> batch() {
    try {
      return Optional.ofNullable(batch).map(Extents::parse);
    } catch (IllegalArgumentException e) {
      throw DiagnosticException.of(
          Code.BAD_PROFILE, "--batch " + batch, e.getMessage(), "write --batch 1..8..32");
    }
  }

  /** Everything but profiles and the timing cache; throws a usage error. */
  private BuildOptions options(CommandLine command) {
    try {
      return BuildOptions.DEFAULT
          .edit()
          .optimizationLevel(tuning.level())
          .workspace(
              workspace == null
                  ? OptionalLong.empty()
                  : OptionalLong.of(positive("--workspace", workspace)))
          .pools(pools())
          .tacticSources(Optional.ofNullable(tacticSources).map(BuildFlags::sources))
          .tf32(tf32)
          .versionCompatible(versionCompatible)
          .hardware(constant(HardwareCompatibility.class, "--hardware-compatible", hardware))
          .refit(refit)
          .stripWeights(stripWeights)
          .weightStreaming(weightStreaming)
          .sparsity(sparsity)
          .auxStreams(auxStreams == null ? OptionalInt.empty() : OptionalInt.of(auxStreams))
          .build();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(command, e.getMessage(), e);
    }
  }

  private Map<MemoryPool, Long> pools() {
    Map<MemoryPool, Long> sizes = new EnumMap<>(MemoryPool.class);
    pools.forEach(
        (name, size) ->
            sizes.put(constant(MemoryPool.class, "--pool", name), positive("--pool", size)));
    return sizes;
  }

  private static long positive(String option, String size) {
    long bytes = ByteSize.parse(size);
    if (bytes == 0) {
      throw new IllegalArgumentException(option + " " + size + ": has to be more than 0");
    }
    return bytes;
  }

  private static Set<TacticSource> sources(List<String> names) {
    Set<TacticSource> sources = EnumSet.noneOf(TacticSource.class);
    names.forEach(n -> sources.add(constant(TacticSource.class, "--tactic-sources", n)));
    return sources;
  }

  /** The constant of an enum that a user calls by its name in lower case, with dashes. */
  private static <E extends Enum<E>> E constant(Class<E> type, String option, String name) {
    for (E constant : type.getEnumConstants()) {
      if (Words.of(constant).equalsIgnoreCase(name)) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    throw new IllegalArgumentException(
        option + " " + name + ": expected one of " + String.join(", ", names));
  }
}
