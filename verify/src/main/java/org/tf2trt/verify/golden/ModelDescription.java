// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.tf2trt.verify.compare.Tolerance.Elementwise;

/**
 * The {@code META.json} of a model folder.
 *
 * @param folder it lies in
 * @param model path of the model
 * @param savedModel whether names are signature keys rather than tensors
 * @param signature the model's own; empty when not stated
 * @param tags of the graph; may be empty
 * @param inputs of the model
 * @param outputs of the model
 * @param goldens reference data, in order
 * @param stateful whether calls change what later ones give
 * @param expectation what outputs may be off by
 * @param refuse whether it has to be refused
 * @param refuseBecause why; may be empty
 */
public record ModelDescription(
    Path folder,
    Path model,
    boolean savedModel,
    Optional<String> signature,
    List<String> tags,
    List<DescribedTensor> inputs,
    List<String> outputs,
    List<GoldenFile> goldens,
    boolean stateful,
    Expectation expectation,
    boolean refuse,
    String refuseBecause) {
  public static final String FILE = "META.json";

  public ModelDescription {
    tags = List.copyOf(tags);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    goldens = List.copyOf(goldens);
  }

  /** Reads {@code META.json}; throws {@code BAD_DESCRIPTION}. */
  public static ModelDescription read(Path folder) {
    Path file = folder.resolve(FILE);
    String subject = file.toString();
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw Json.bad(subject, "it cannot be read");
    }
    JsonNode root = Json.parse(bytes, subject);
    List<GoldenFile> goldens = new ArrayList<>();
    for (JsonNode g : root.path("goldens")) {
      goldens.add(GoldenFile.of(g, folder, subject));
    }
    return new ModelDescription(
        folder,
        folder.resolve(Json.requiredText(root, "model", subject)),
        Json.text(root, "kind", "saved_model").equals("saved_model"),
        Optional.ofNullable(Json.text(root, "signature", null)),
        Json.texts(root.path("tags")),
        Json.tensors(root.path("inputs"), subject),
        Json.texts(root.path("outputs")),
        goldens,
        Json.texts(root.path("labels")).contains("stateful")
            || goldens.stream().anyMatch(g -> g.calls() > 0),
        expectation(root, subject),
        Json.text(root, "expect", "").equals("refuse"),
        Json.text(root, "refuse_because", ""));
  }

  /**
   * Bounds for each element count only for models whose outputs are known to differ in places, such
   * as quantised ones: for others the table is the measure, and it is the stricter one.
   */
  private static Expectation expectation(JsonNode root, String subject) {
    JsonNode tolerance = root.path("tolerance");
    Elementwise bound = Json.tolerance(tolerance, subject);
    return new Expectation(
        bound != null && bound.isStatistical() ? bound : null,
        Json.perOutput(tolerance, subject),
        new LinkedHashSet<>(Json.texts(root.path("random_outputs"))),
        false);
  }
}
