// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.inspect;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.passes.trt.Target;

/**
 * What is known of a model.
 *
 * @param model as given
 * @param kind of the model
 * @param bytes on disk
 * @param sha256 of the graph file
 * @param facts further properties, in order
 * @param entries its signatures, or the graph itself
 * @param target what it was inspected for
 */
public record Inspection(
    Path model,
    String kind,
    long bytes,
    String sha256,
    Map<String, String> facts,
    List<Entry> entries,
    Target target) {
  public Inspection {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    entries = List.copyOf(entries);
  }

  /**
   * Reads an ONNX file or a TensorFlow model; throws DiagnosticException when it is neither. Also
   * says what TensorRT takes of it, when that is the target.
   */
  public static Inspection of(Path model, Inquiry inquiry) {
    String name = String.valueOf(model.getFileName());
    return name.endsWith(".onnx")
        ? OnnxInspection.of(model, inquiry)
        : TfInspection.of(model, inquiry);
  }

  /** Whether nothing stands in the way of a conversion, or of the engine. */
  public boolean supported() {
    return entries.stream()
        .allMatch(
            e -> e.problems().isEmpty() && (e.engine() == null || e.engine().problems().isEmpty()));
  }
}
