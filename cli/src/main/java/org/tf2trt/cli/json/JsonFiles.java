// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.compare.Metrics;
import org.tf2trt.verify.compare.OutputResult;

/** Makes and writes JSON; a file appears whole or not at all. */
public final class JsonFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonFiles() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Indented text. */
  public static String text(JsonNode node) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The object in a file; empty when there is no such file, or none that is a JSON object. */
  public static Optional<ObjectNode> read(Path file) {
    try {
      return MAPPER.readTree(Files.readString(file)) instanceof ObjectNode node
          ? Optional.of(node)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Throws {@code OUTPUT_NOT_WRITABLE}. */
  public static void write(JsonNode node, Path file) {
    writeText(text(node), file);
  }

  /** Writes any text likewise; throws {@code OUTPUT_NOT_WRITABLE}. */
  public static void writeText(String text, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      // Not Files.createTempFile, whose files only their owner may read.
      long process = ProcessHandle.current().pid();
      Path temporary = folder.resolve("." + file.getFileName() + "." + process + ".tmp");
      try {
        Files.writeString(temporary, text);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          file.toString(),
          "it cannot be written",
          "choose another place");
    }
  }

  /** The fields of one compared output; numbers that JSON lacks (infinite SNR) become null. */
  public static void put(ObjectNode node, OutputResult o) {
    node.put("name", o.name());
    node.put("type", o.type().toString());
    node.put("passed", o.passed());
    if (!o.passed()) {
      node.put("problem", o.problem());
    }
    Metrics m = o.metrics();
    if (m != null) {
      node.put("error", m.scaled());
      node.put("max_abs", m.maxAbs());
      node.put("max_rel", m.maxRel());
      node.put("mean_abs", m.meanAbs());
      node.put("rms", m.rms());
      node.put("cosine", m.cosine());
      node.put("snr_db", Double.isFinite(m.snr()) ? m.snr() : null);
      node.put("magnitude", m.magnitude());
      node.put("non_finite_mismatches", m.nonFinite());
      node.put("mismatch_share", m.mismatch());
      node.put("elements", m.elements());
    }
  }
}
