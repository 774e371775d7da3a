// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.backend.plan.Sidecar.Port;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** Sidecars as JSON. Fields that a newer version added are passed over. */
public final class SidecarJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int FORMAT = 1;
  private static final long MAX_BYTES = 64L << 20;

  private SidecarJson() {}

  public static ObjectNode of(Sidecar s) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("tf2trt", s.tool());
    root.put("tensorrt", s.tensorrt());
    ObjectNode gpu = root.putObject("gpu");
    gpu.put("name", s.gpu().name());
    gpu.put("compute_capability", s.gpu().computeCapability());
    gpu.put("driver", s.gpu().driver());
    gpu.put("cuda", s.gpu().cuda());
    ObjectNode source = root.putObject("source");
    source.put("model", s.source().model());
    source.put("sha256", s.source().sha256());
    root.put("precision", s.precision());
    ports(root.putArray("inputs"), s.inputs());
    ports(root.putArray("outputs"), s.outputs());
    ArrayNode profiles = root.putArray("profiles");
    s.profiles().forEach(p -> p.forEach(profiles.addObject()::put));
    s.flags().forEach(root.putObject("flags")::put);
    root.put("build_seconds", s.seconds());
    ObjectNode plan = root.putObject("plan");
    plan.put("bytes", s.planBytes());
    plan.put("sha256", s.planSha256());
    s.warnings().forEach(root.putArray("warnings")::add);
    return root;
  }

  /** Indented text, ending with a line break. */
  public static String text(Sidecar s) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(of(s)) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void ports(ArrayNode list, List<Port> ports) {
    for (Port p : ports) {
      list.addObject().put("name", p.name()).put("dtype", p.dtype()).put("shape", p.shape());
    }
  }

  /** The sidecar of a plan; empty when it has none. Throws {@code BAD_SIDECAR} when malformed. */
  public static Optional<Sidecar> read(Path plan) {
    Path file = Sidecar.of(plan);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw bad(file, "is too large to be one");
      }
      JsonNode root = MAPPER.readTree(Files.readString(file));
      if (!root.isObject() || !root.path("tensorrt").isTextual() || !root.has("plan")) {
        throw bad(file, "lacks fields that a sidecar has");
      }
      return Optional.of(parse(root));
    } catch (JsonProcessingException e) {
      throw bad(file, "is not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw bad(file, "cannot be read");
    }
  }

  private static Sidecar parse(JsonNode root) {
    JsonNode gpu = root.path("gpu");
    JsonNode source = root.path("source");
    List<Map<String, String>> profiles = new ArrayList<>();
    root.path("profiles").forEach(p -> profiles.add(texts(p)));
    List<String> warnings = new ArrayList<>();
    root.path("warnings").forEach(w -> warnings.add(w.asText()));
    return new Sidecar(
        text(root, "tf2trt"),
        text(root, "tensorrt"),
        new Sidecar.Gpu(
            text(gpu, "name"),
            text(gpu, "compute_capability"),
            text(gpu, "driver"),
            text(gpu, "cuda")),
        new Sidecar.Source(text(source, "model"), text(source, "sha256")),
        text(root, "precision"),
        ports(root.path("inputs")),
        ports(root.path("outputs")),
        profiles,
        texts(root.path("flags")),
        root.path("build_seconds").asDouble(),
        root.path("plan").path("bytes").asLong(),
        text(root.path("plan"), "sha256"),
        warnings);
  }

  private static List<Port> ports(JsonNode list) {
    List<Port> ports = new ArrayList<>();
    list.forEach(p -> ports.add(new Port(text(p, "name"), text(p, "dtype"), text(p, "shape"))));
    return ports;
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  private static DiagnosticException bad(Path file, String what) {
    return DiagnosticException.of(
        Code.BAD_SIDECAR,
        file.toString(),
        "the sidecar " + what,
        "build the engine again, or delete the sidecar to load the plan without its checks");
  }
}
