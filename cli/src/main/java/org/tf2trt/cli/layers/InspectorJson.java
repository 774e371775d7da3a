// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.layers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Reads the inspector's JSON: {@code {"Layers": [...]}}, where a layer is an object, or only its
 * name when the engine was built without details.
 */
public final class InspectorJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern ONNX_NODE = Pattern.compile("\\[ONNX Layer: ([^\\]\\x1e]*)\\]");
  private static final Pattern DTYPE =
      Pattern.compile("\\b(FP32|FP16|BF16|FP8|FP4|INT64|INT32|INT8|INT4|UINT8|BOOL|E8M0)\\b");
  private static final Map<String, String> WORDS =
      Map.of(
          "float",
          "fp32",
          "half",
          "fp16",
          "bfloat16",
          "bf16",
          "bool",
          "bool",
          "int32",
          "int32",
          "int64",
          "int64",
          "int8",
          "int8",
          "uint8",
          "uint8");

  private InspectorJson() {}

  /** The layers in the order of execution; throws {@code BAD_DATA} when the text is not as said. */
  public static List<Layer> parse(String text, String subject) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw bad(subject, "not valid JSON: " + e.getOriginalMessage());
    }
    if (!root.path("Layers").isArray()) {
      throw bad(subject, "without layers");
    }
    List<Layer> layers = new ArrayList<>();
    root.path("Layers").forEach(l -> layers.add(layer(l)));
    return layers;
  }

  private static DiagnosticException bad(String subject, String what) {
    return DiagnosticException.of(
        Code.BAD_DATA, subject, "TensorRT's description of it is " + what, "report a bug");
  }

  private static Layer layer(JsonNode node) {
    if (node.isTextual()) {
      return new Layer(node.asText(), "", List.of(), List.of(), List.of(), "");
    }
    Set<String> nodes = new LinkedHashSet<>();
    Matcher m = ONNX_NODE.matcher(node.path("Metadata").asText(""));
    while (m.find()) {
      nodes.add(m.group(1));
    }
    return new Layer(
        node.path("Name").asText(""),
        node.path("LayerType").asText(""),
        List.copyOf(nodes),
        tensors(node.path("Inputs")),
        tensors(node.path("Outputs")),
        node.path("TacticName").asText(""));
  }

  private static List<Layer.Tensor> tensors(JsonNode list) {
    List<Layer.Tensor> tensors = new ArrayList<>();
    for (JsonNode t : list) {
      List<Long> dims = new ArrayList<>();
      t.path("Dimensions").forEach(d -> dims.add(d.asLong()));
      String both = t.path("Format/Datatype").asText("");
      String format = both.isEmpty() ? t.path("Format").asText("") : both;
      String type = both.isEmpty() ? t.path("Datatype").asText("") : both;
      tensors.add(new Layer.Tensor(t.path("Name").asText(""), dtype(type), dims, layout(format)));
    }
    return tensors;
  }

  private static String dtype(String text) {
    Matcher m = DTYPE.matcher(text.toUpperCase(Locale.ROOT));
    if (m.find()) {
      return m.group(1).toLowerCase(Locale.ROOT);
    }
    return WORDS.getOrDefault(text.strip().toLowerCase(Locale.ROOT), "");
  }

  /** Without the type, which stands at its end or in its middle, or is all there is. */
  private static String layout(String text) {
    if (WORDS.containsKey(text.strip().toLowerCase(Locale.ROOT))) {
      return "";
    }
    return DTYPE
        .matcher(text)
        .replaceAll("")
        .replace(" format", "")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
