// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.format.OnnxFile;
import org.tf2trt.backend.onnx.proto.GraphProto;
import org.tf2trt.backend.onnx.proto.NodeProto;
import org.tf2trt.backend.onnx.proto.ValueInfoProto;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.text.Parser;

class ModelOutputsTest {
  @TempDir private Path folder;

  private Path model() {
    String text =
        """
        graph @g(%x: f32[2]) {
          %0: f32[2] = onnx.Neg(%x) @"a"
          %1: f32[2] = onnx.Relu(%0) @"b"
          return y = %1, inner = %0
        }
        """;
    Path file = folder.resolve("m.onnx");
    OnnxWriter.write(Parser.parse(text), EmitOptions.DEFAULT, file);
    return file;
  }

  @Test
  void tensorsKeepTheirNamesAndAreNoOutputs() {
    Path to = folder.resolve("n.onnx");
    ModelOutputs.remove(model(), Set.of("inner"), to);
    GraphProto graph = OnnxFile.parse(to).getGraph();
    assertEquals(
        List.of("y"), graph.getOutputList().stream().map(ValueInfoProto::getName).toList());
    assertEquals(
        List.of("inner", "y"),
        graph.getNodeList().stream().map((NodeProto n) -> n.getOutput(0)).toList());
  }

  @Test
  void whatCannotBeWrittenIsAnError() {
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class,
            () -> ModelOutputs.remove(model(), Set.of(), folder.resolve("none/n.onnx")));
    assertEquals(Code.OUTPUT_NOT_WRITABLE, e.diagnostics().get(0).code());
  }
}
