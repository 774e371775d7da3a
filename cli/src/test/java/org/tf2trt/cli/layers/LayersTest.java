// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tf2trt.ir.diag.DiagnosticException;

class LayersTest {
  private static final String DETAILED =
      """
      {"Layers": [{
        "Name": "Reformatting CopyNode for Input Tensor 0 to block/conv",
        "LayerType": "Reformat",
        "Inputs": [{"Name": "image", "Location": "Device", "Dimensions": [-1,8,8,3],
          "Format/Datatype": "Row major linear FP32"}],
        "Outputs": [{"Name": "r0", "Location": "Device", "Dimensions": [-1,3,8,8],
          "Format/Datatype": "Channel major FP16 format where channel % 4 == 0"}],
        "ParameterType": "Reformat", "TacticValue": "0x0", "StreamId": 0, "Metadata": ""
      },{
        "Name": "block/conv + block/relu",
        "LayerType": "CaskGemmConvolution",
        "Inputs": [{"Name": "r0", "Dimensions": [-1,3,8,8], "Format": "x", "Datatype": "Half"}],
        "Outputs": [{"Name": "y", "Dimensions": [-1,4,8,8], "Format": "Row major linear",
          "Datatype": "Half"}],
        "TacticName": "sm90_xmma_fprop",
        "Metadata": "[ONNX Layer: block/conv]\\u001e[ONNX Layer: block/relu]\\u001e[ONNX Layer: a]\\u001e[ONNX Layer: b]"
      }], "Bindings": ["image", "y"]}
      """;

  @Test
  void layersBearTheNamesOfTensorFlowNodes() {
    List<Layer> layers = InspectorJson.parse(DETAILED, "m.plan");
    assertEquals(2, layers.size());
    Layer reformat = layers.get(0);
    assertEquals(List.of(), reformat.nodes());
    assertEquals("fp16", reformat.precision());
    assertEquals("Channel major where channel % 4 == 0", reformat.format());
    assertEquals("fp32", reformat.inputs().get(0).dtype());
    Layer conv = layers.get(1);
    assertEquals(List.of("block/conv", "block/relu", "a", "b"), conv.nodes());
    assertEquals("fp16", conv.precision());
    assertEquals("Row major linear", conv.format());
    assertEquals("sm90_xmma_fprop", conv.tactic());
    assertEquals(List.of(-1L, 4L, 8L, 8L), conv.outputs().get(0).dims());
  }

  /** What TensorRT 10.6 said of MobileNetV2 on an H200, cut down to six layers. */
  @Test
  void layersOfARealEngineAreRead() throws IOException {
    String text;
    try (InputStream in = LayersTest.class.getResourceAsStream("mobilenet_v2.json")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Layer> layers = InspectorJson.parse(text, "m.plan");
    assertEquals(6, layers.size());
    assertEquals(List.of("Transpose"), layers.get(0).nodes());
    Layer conv = layers.get(1);
    assertEquals("CaskConvolution", conv.type());
    assertEquals(2, conv.nodes().size());
    assertTrue(conv.nodes().get(0).endsWith("bn_Conv1_1/batchnorm/add_1"));
    assertTrue(conv.nodes().get(1).endsWith("Conv1_relu_1/Relu6"));
    assertEquals("fp32", conv.precision());
    assertEquals("", conv.format());
    assertEquals(List.of(-1L, 16L, 48L, 48L), conv.outputs().get(0).dims());
  }

  @Test
  void enginesWithoutDetailsGiveNames() {
    List<Layer> layers = InspectorJson.parse("{\"Layers\": [\"a\", \"b\"]}", "m.plan");
    assertEquals("b", layers.get(1).name());
    assertTrue(new LayerTable(layers, Map.of()).text().contains("(b)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"Layers\": 3}"})
  void otherTextIsRefused(String text) {
    assertThrows(DiagnosticException.class, () -> InspectorJson.parse(text, "m.plan"));
  }

  @Test
  void theTableShowsTimesWhereTheyWereMeasured() {
    List<Layer> layers = InspectorJson.parse(DETAILED, "m.plan");
    String plain = new LayerTable(layers, Map.of()).text();
    assertTrue(plain.contains("block/conv, block/relu, a, and 1 more"), plain);
    assertTrue(plain.contains("2 layers: 1 Reformat 1 CaskGemmConvolution"), plain);
    LayerTable timed =
        new LayerTable(layers, Map.of(layers.get(0).name(), 10.0, layers.get(1).name(), 30.0));
    assertTrue(timed.text().contains("30.0  75.0%"), timed.text());
    assertTrue(timed.text().contains("40.0 us in all layers"), timed.text());
    assertEquals(40, timed.json().path("microseconds").asDouble());
    assertEquals("block/relu", timed.json().at("/layers/1/nodes/1").asText());
  }
}
