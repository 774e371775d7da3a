// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.inspect;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.convert.Extensions;

/**
 * What is known of a model.
 *
 * @param model as given
 * @param kind of the model
 * @param bytes on disk
 * @param sha256 of the graph file
 * @param facts further properties, in order
 * @param entries its signatures, or the graph itself
 */
public record Inspection(
    Path model,
    String kind,
    long bytes,
    String sha256,
    Map<String, String> facts,
    List<Entry> entries) {
  public Inspection {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    entries = List.copyOf(entries);
  }

  /**
   * Reads an ONNX file or a TensorFlow model; throws DiagnosticException when it is neither.
   *
   * @param extensions the user's own ops
   */
  public static Inspection of(Path model, Extensions extensions) {
    String name = String.valueOf(model.getFileName());
    return name.endsWith(".onnx") ? OnnxInspection.of(model) : TfInspection.of(model, extensions);
  }

  /** Whether nothing stands in the way of a conversion. */
  public boolean supported() {
    return entries.stream().allMatch(e -> e.problems().isEmpty());
  }
}
