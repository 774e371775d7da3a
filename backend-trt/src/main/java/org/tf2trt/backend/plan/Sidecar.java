// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.plan;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of an engine file, kept beside it as {@code OUT.plan.json}: a plan cannot be read
 * without the TensorRT and the GPU that it was built for.
 *
 * @param tool version of tf2trt that built it
 * @param tensorrt version of the library, as {@code 10.6.0.26}
 * @param gpu that it was built on
 * @param source the model
 * @param precision as asked for: {@code fp32}, {@code fp16}, {@code bf16}, or {@code as given} for
 *     an ONNX file
 * @param inputs of the engine
 * @param outputs of the engine
 * @param profiles for each profile the range of each input, in the syntax of {@code --profile}
 * @param flags of the build, by name
 * @param seconds that the build took
 * @param planBytes size of the plan
 * @param planSha256 hash of the plan
 * @param warnings of the conversion and the build
 */
public record Sidecar(
    String tool,
    String tensorrt,
    Gpu gpu,
    Source source,
    String precision,
    List<Port> inputs,
    List<Port> outputs,
    List<Map<String, String>> profiles,
    Map<String, String> flags,
    double seconds,
    long planBytes,
    String planSha256,
    List<String> warnings) {
  public Sidecar {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    profiles =
        profiles.stream().map(p -> Collections.unmodifiableMap(new LinkedHashMap<>(p))).toList();
    flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
    warnings = List.copyOf(warnings);
  }

  /**
   * A graphics card.
   *
   * @param name as its driver calls it
   * @param computeCapability for example {@code 9.0}
   * @param driver version
   * @param cuda version of the runtime
   */
  public record Gpu(String name, String computeCapability, String driver, String cuda) {}

  /**
   * The model an engine was built from.
   *
   * @param model as given on the command line
   * @param sha256 of the TensorFlow graph file, or of the ONNX file
   */
  public record Source(String model, String sha256) {}

  /**
   * An input or output.
   *
   * @param dtype as in IR text
   * @param shape extents, symbols, or {@code ?}, as in IR text
   */
  public record Port(String name, String dtype, String shape) {}

  /** The sidecar's place beside a plan. */
  public static Path of(Path plan) {
    return plan.resolveSibling(plan.getFileName() + ".json");
  }

  /** Whether the plan was built to run on newer TensorRT versions too. */
  public boolean versionCompatible() {
    return Boolean.parseBoolean(flags.getOrDefault("version-compatible", "false"));
  }

  /** Of which GPUs beside its own the plan was made for: {@code none}, or TensorRT's level. */
  public String hardware() {
    return flags.getOrDefault("hardware-compatible", "none");
  }
}
