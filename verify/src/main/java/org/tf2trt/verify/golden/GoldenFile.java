// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.npy.Npz;

/**
 * An npz file of {@code in/NAME} and {@code out/NAME} arrays, and how to read it.
 *
 * @param file the archive
 * @param signature it was made with; empty for the model's own
 * @param cutInputs inner tensors that are fed instead of the inputs; empty for none
 * @param cutOutputs inner tensors that are compared instead of the outputs; empty for none
 * @param bytes inputs whose uint8 arrays are the bytes of one string
 * @param calls how many calls are stacked on axis 0; 0 for a single call that is not stacked
 * @param refuse whether the model has to be refused in this form
 */
public record GoldenFile(
    Path file,
    Optional<String> signature,
    List<DescribedTensor> cutInputs,
    List<String> cutOutputs,
    List<String> bytes,
    int calls,
    boolean refuse) {
  private static final String IN = "in/";
  private static final String OUT = "out/";

  public GoldenFile {
    cutInputs = List.copyOf(cutInputs);
    cutOutputs = List.copyOf(cutOutputs);
    bytes = List.copyOf(bytes);
  }

  /** A file that says nothing about itself. */
  public static GoldenFile of(Path file) {
    return new GoldenFile(file, Optional.empty(), List.of(), List.of(), List.of(), 0, false);
  }

  static GoldenFile of(JsonNode node, Path folder, String subject) {
    JsonNode cut = node.path("cut");
    return new GoldenFile(
        folder.resolve(Json.requiredText(node, "file", subject)),
        Optional.ofNullable(Json.text(node, "signature", null)),
        Json.tensors(cut.path("inputs"), subject),
        Json.texts(cut.path("outputs")),
        Json.texts(node.path("bytes")),
        node.path("sequence").asInt(0),
        Json.text(node, "expect", "").equals("refuse"));
  }

  /** File name without its ending. */
  public String stem() {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".npz") ? name.substring(0, name.length() - 4) : name;
  }

  public boolean isCut() {
    return !cutInputs.isEmpty() || !cutOutputs.isEmpty();
  }

  /** The calls in it, in order; throws {@code BAD_DATA} when it is malformed. */
  public List<Golden> read() {
    Map<String, TensorData> inputs = new LinkedHashMap<>();
    Map<String, TensorData> outputs = new LinkedHashMap<>();
    try (Npz npz = Npz.open(file)) {
      for (String name : npz.names()) {
        if (name.startsWith(IN)) {
          inputs.put(name.substring(IN.length()), npz.read(name));
        } else if (name.startsWith(OUT)) {
          outputs.put(name.substring(OUT.length()), npz.read(name));
        }
      }
    }
    for (String name : bytes) {
      inputs.computeIfPresent(name, (n, data) -> asString(data));
    }
    if (calls == 0) {
      return List.of(new Golden(inputs, outputs));
    }
    List<Golden> sequence = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      sequence.add(new Golden(slice(inputs, i), slice(outputs, i), i > 0));
    }
    return sequence;
  }

  private static TensorData asString(TensorData data) {
    byte[] bytes = new byte[data.bytes().remaining()];
    data.bytes().get(bytes);
    return TensorData.ofStrings(
        new long[0], List.of(new String(bytes, StandardCharsets.ISO_8859_1)));
  }

  private Map<String, TensorData> slice(Map<String, TensorData> stacked, int call) {
    Map<String, TensorData> slices = new LinkedHashMap<>();
    stacked.forEach((name, data) -> slices.put(name, Slices.first(data, call, file + ":" + name)));
    return slices;
  }
}
