// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/** Puts build options into TensorRT's configuration. */
final class Configuration {
  private Configuration() {}

  /**
   * Refuses what this version of TensorRT lacks.
   *
   * @throws DiagnosticException BAD_BUILD_OPTION, for all such options at once
   */
  static void check(BuildOptions options) {
    List<Diagnostic> bad = new ArrayList<>();
    options
        .tacticSources()
        .ifPresent(
            sources ->
                sources.stream()
                    .filter(s -> !TensorRtLine.has(s))
                    .forEach(s -> bad.add(lacks("tactic source " + s))));
    if (!TensorRtLine.has(options.hardware())) {
      bad.add(lacks("hardware compatibility " + options.hardware()));
    }
    if (options.weightStreaming() && options.stripWeights()) {
      bad.add(
          Diagnostic.error(
              Code.BAD_BUILD_OPTION,
              "build options",
              "weight streaming and stripped weights exclude each other",
              "choose one"));
    }
    if (!bad.isEmpty()) {
      throw new DiagnosticException(bad);
    }
  }

  private static Diagnostic lacks(String what) {
    return Diagnostic.error(
        Code.BAD_BUILD_OPTION,
        what,
        "TensorRT " + TensorRtLine.MAJOR + " does not have it",
        "leave the option out");
  }

  static void apply(IBuilderConfig config, BuildOptions options) {
    check(options);
    config.setBuilderOptimizationLevel(options.optimizationLevel());
    options
        .workspace()
        .ifPresent(bytes -> config.setMemoryPoolLimit(MemoryPool.WORKSPACE.number(), bytes));
    options.pools().forEach((pool, bytes) -> config.setMemoryPoolLimit(pool.number(), bytes));
    options
        .tacticSources()
        .ifPresent(
            sources -> {
              int bits = sources.stream().mapToInt(TacticSource::bit).reduce(0, (a, b) -> a | b);
              if (!config.setTacticSources(bits)) {
                throw new DiagnosticException(lacks("tactic sources " + sources));
              }
            });
    config.setHardwareCompatibilityLevel(options.hardware().number());
    config.setProfilingVerbosity(options.verbosity().number());
    options.auxStreams().ifPresent(config::setMaxAuxStreams);
    set(config, BuilderFlag.kTF32, options.tf32());
    set(config, BuilderFlag.kVERSION_COMPATIBLE, options.versionCompatible());
    set(config, BuilderFlag.kREFIT, options.refit());
    set(config, BuilderFlag.kSTRIP_PLAN, options.stripWeights());
    set(config, BuilderFlag.kWEIGHT_STREAMING, options.weightStreaming());
    set(config, BuilderFlag.kSPARSE_WEIGHTS, options.sparsity());
  }

  private static void set(IBuilderConfig config, BuilderFlag flag, boolean on) {
    if (on) {
      config.setFlag(flag);
    } else {
      config.clearFlag(flag);
    }
  }
}
