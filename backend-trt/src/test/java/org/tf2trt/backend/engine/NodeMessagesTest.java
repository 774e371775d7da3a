// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.text.Parser;

final class NodeMessagesTest {
  private static final String MODEL =
      """
      graph @g(%x: f32[N,2]) {
        %0: f32[N,2] = onnx.MatMul(%x, f32[2,2]{1.0, 2.0, 3.0, 4.0}) @"dense/MatMul"
        %1: f32[N,2] = onnx.Add(%0, f32[2]{0.5, 0.25}) @"dense/BiasAdd","bn/add"
        %2: f32[N,2] = onnx.Relu(%1) @"dense"
        return y = %2
      }
      """;

  @TempDir Path folder;
  private NodeMessages messages;

  @BeforeEach
  void writeModel() throws IOException {
    Path file = folder.resolve("m.onnx");
    OnnxWriter.write(Parser.parse(MODEL), EmitOptions.DEFAULT, file);
    messages = new NodeMessages(file);
  }

  @Test
  void errorsOfTheParserNameTheTensorFlowNode() {
    List<Diagnostic> all =
        messages.refusals(
            List.of(
                new ParserMessage("UNSUPPORTED_NODE", "no importer", 1, "dense/BiasAdd", "Add"),
                new ParserMessage("INVALID_NODE", "odd", 7, "unknown", "Foo"),
                new ParserMessage("MODEL_DESERIALIZE_FAILED", "bytes", -1, "", "")),
            List.of("said in the log as well"));
    assertEquals(3, all.size());
    assertEquals("'dense/BiasAdd' (Add)", all.get(0).subject());
    assertEquals(Code.TENSORRT_REFUSED, all.get(0).code());
    assertTrue(all.get(0).message().contains("UNSUPPORTED_NODE: no importer"));
    assertEquals("'unknown' (Foo)", all.get(1).subject());
    assertTrue(all.get(2).subject().endsWith("m.onnx"));
  }

  @Test
  void theLogStandsInForErrorsThatTheParserDoesNotReport() {
    Diagnostic only = messages.refusals(List.of(), List.of("Failed to parse ONNX")).get(0);
    assertTrue(only.message().contains("Failed to parse ONNX"), only.text());
  }

  @Test
  void errorsOfTheBuilderAreSearchedForNodes() {
    List<Diagnostic> all =
        messages.buildFailure(
            List.of(
                "IBuilder::buildSerializedNetwork: Error Code 10: Internal Error (Could not find"
                    + " any implementation for node dense/MatMul + dense/BiasAdd.)",
                "[optimizer.cpp::computeCosts::4062] Error Code 10: out of nodes"));
    assertEquals("'dense/MatMul' (MatMul)", all.get(0).subject());
    assertEquals(Code.BUILD_FAILED, all.get(0).code());
    assertTrue(all.get(0).nextStep().contains("workspace"));
    assertTrue(all.get(1).subject().endsWith("m.onnx"));
    assertEquals(1, messages.buildFailure(List.of()).size());
  }

  @Test
  void branchesOfTwoShapesAreOfTheirIf() {
    Diagnostic only =
        messages
            .buildFailure(
                List.of(
                    "IBuilder::buildSerializedNetwork: Error Code 4: API Usage Error"
                        + " (IConditionalOutputLayer dense/MatMul_OutputLayer: dimensions not"
                        + " compatible for if-conditional outputs)"))
            .get(0);
    assertEquals("'dense/MatMul' (MatMul)", only.subject());
    assertTrue(only.nextStep().contains("--shape"), only.text());
  }

  @Test
  void aLibraryThatOnlySomePlansNeedIsNamed() {
    String said =
        "IBuilder::buildSerializedNetwork: Error Code 6: API Usage Error (Unable to load library:"
            + " libnvinfer_lean.so.10: libnvinfer_lean.so.10: cannot open shared object file)";
    Diagnostic only = messages.buildFailure(List.of(said)).get(0);
    assertEquals(Code.NO_TENSORRT, only.code());
    assertEquals("libnvinfer_lean.so.10", only.subject());
    assertTrue(only.nextStep().contains("without --version-compatible"), only.text());
  }

  @Test
  void aNameInsideALongerOneDoesNotCount() {
    assertEquals(
        List.of("dense/MatMul", "dense/BiasAdd"),
        messages.nodesIn("{ForeignNode[dense/MatMul...dense/BiasAdd]}"));
    assertEquals(List.of("dense"), messages.nodesIn("node dense: no tactic"));
    assertEquals(List.of(), messages.nodesIn("node densest and dense2"));
  }

  @Test
  void warningsAreSaidOnce() {
    List<Diagnostic> all = messages.warnings(List.of("w dense/MatMul", "w dense/MatMul", "v"));
    assertEquals(2, all.size());
    assertEquals("warning[TF046] 'dense/MatMul' (MatMul): w dense/MatMul", all.get(0).text());
  }

  @Test
  void theParsersCodesHaveNames() {
    assertEquals("UNSUPPORTED_NODE", NodeMessages.parserCode(8));
    assertEquals("ERROR_99", NodeMessages.parserCode(99));
  }
}
