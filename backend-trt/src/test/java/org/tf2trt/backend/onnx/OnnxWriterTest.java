// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.proto.GraphProto;
import org.tf2trt.backend.onnx.proto.ModelProto;
import org.tf2trt.backend.onnx.proto.NodeProto;
import org.tf2trt.backend.onnx.proto.TensorProto;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.text.Parser;

final class OnnxWriterTest {
  private static final String DENSE =
      """
      graph @g(%x: f32[N,2]) {
        %0: f32[N,2] = onnx.MatMul(%x, f32[2,2]{1.0, 2.0, 3.0, 4.0}) @"dense/MatMul"
        %1: f32[N,2] = onnx.Add(%0, f32[2]{0.5, 0.25}) @"dense/BiasAdd","bn/add"
        %2: f32[N,2] = onnx.Relu(%1)
        return y = %2
      }
      """;

  @TempDir Path folder;

  private ModelProto write(String text) throws IOException {
    return write(Parser.parse(text), EmitOptions.DEFAULT);
  }

  private ModelProto write(Graph graph, EmitOptions options) throws IOException {
    Path file = folder.resolve("m.onnx");
    OnnxWriter.Written written = OnnxWriter.write(graph, options, file);
    assertEquals(
        written.bytes()
            - (written.externalData().isPresent() ? Files.size(folder.resolve("m.onnx.data")) : 0),
        Files.size(file));
    return ModelProto.parseFrom(Files.readAllBytes(file));
  }

  @Test
  void namesFollowTheTensorFlowNodes() throws IOException {
    GraphProto g = write(DENSE).getGraph();
    assertEquals(
        List.of("dense/MatMul", "dense/BiasAdd", "Relu"),
        g.getNodeList().stream().map(NodeProto::getName).toList());
    assertEquals(List.of("x", "dense/MatMul/B:const"), g.getNode(0).getInputList());
    assertEquals(List.of("dense/MatMul:0"), g.getNode(0).getOutputList());
    assertEquals(List.of("y"), g.getNode(2).getOutputList());
    assertEquals("TensorFlow: dense/BiasAdd,bn/add", g.getNode(1).getDocString());
    assertEquals("", g.getNode(0).getDocString());
  }

  @Test
  void dimsAreNamedAndValuesTyped() throws IOException {
    GraphProto g = write(DENSE).getGraph();
    assertEquals("N", g.getInput(0).getType().getTensorType().getShape().getDim(0).getDimParam());
    assertEquals(
        List.of("dense/MatMul:0", "dense/BiasAdd:0"),
        g.getValueInfoList().stream().map(v -> v.getName()).toList());
    assertEquals(2, g.getOutput(0).getType().getTensorType().getShape().getDim(1).getDimValue());
  }

  @Test
  void equalSmallConstantsAreOneInitializer() throws IOException {
    GraphProto g =
        write(
                """
                graph @g(%x: f32[2]) {
                  %0: f32[2] = onnx.Add(%x, f32[]{2.0})
                  %1: f32[2] = onnx.Mul(%0, f32[]{2.0})
                  %2: f32[2] = onnx.Mul(%1, f32[1]{2.0})
                  return y = %2
                }
                """)
            .getGraph();
    assertEquals(
        List.of("Add/B:const", "Mul_1/B:const"),
        g.getInitializerList().stream().map(TensorProto::getName).toList());
    assertEquals("Add/B:const", g.getNode(1).getInput(1));
  }

  @Test
  void outputsThatNoNodeMakesGetAnIdentity() throws IOException {
    GraphProto g =
        write(
                """
                graph @g(%x: f32[2]) {
                  %0: f32[2] = onnx.Relu(%x)
                  return a = %0, b = %0, c = %x, d = f32[1]{1.0}, x = %x
                }
                """)
            .getGraph();
    assertEquals(
        List.of("Relu x a", "Identity a b", "Identity x c", "Identity d/value:const d"),
        g.getNodeList().stream()
            .map(n -> n.getOpType() + " " + n.getInput(0) + " " + n.getOutput(0))
            .toList());
    assertEquals(
        List.of("a", "b", "c", "d", "x"),
        g.getOutputList().stream().map(o -> o.getName()).toList());
  }

  @Test
  void anOutputNamedAsAnInputIsRenamedWithAWarning() {
    Graph g =
        Parser.parse(
            """
            graph @g(%x: f32[2]) {
              %0: f32[2] = onnx.Relu(%x)
              return x = %0
            }
            """);
    OnnxWriter.Written written = OnnxWriter.write(g, EmitOptions.DEFAULT, folder.resolve("m.onnx"));
    assertEquals(1, written.warnings().size());
    assertTrue(written.warnings().get(0).text().contains("'x_1'"));
  }

  @Test
  void absentInputsAreEmptyInsideAndDroppedAtTheTail() throws IOException {
    GraphProto g =
        write(
                """
                graph @g(%x: f32[2], %m: f32[]) {
                  %0: f32[2] = onnx.Clip(%x, _, %m)
                  %1: f32[2] = onnx.Clip(%0, %m, _)
                  return y = %1
                }
                """)
            .getGraph();
    assertEquals(List.of("x", "", "m"), g.getNode(0).getInputList());
    assertEquals(List.of("Clip:0", "m"), g.getNode(1).getInputList());
  }

  @Test
  void namesInBodiesAreUniqueInTheWholeModel() throws IOException {
    GraphProto g =
        write(
                """
                graph @g(%x: f32[2], %c: bool[]) {
                  %0: f32[2] = onnx.If(%c) body @then() {
                    %1: f32[2] = onnx.Relu(%x) @"r"
                    return y = %1
                  } body @else() {
                    return y = %x
                  } @"r"
                  return y = %0
                }
                """)
            .getGraph();
    NodeProto node = g.getNode(0);
    assertEquals("then_branch", node.getAttribute(0).getName());
    GraphProto then = node.getAttribute(0).getG();
    assertEquals("r_1", then.getNode(0).getName());
    assertEquals("y_1", then.getOutput(0).getName());
    GraphProto otherwise = node.getAttribute(1).getG();
    assertEquals("y_2", otherwise.getOutput(0).getName());
    assertEquals("Identity", otherwise.getNode(0).getOpType());
  }

  @Test
  void equalGraphsGiveEqualBytes() throws IOException {
    byte[] first = write(DENSE).toByteArray();
    Path other = folder.resolve("other.onnx");
    OnnxWriter.write(Parser.parse(DENSE), EmitOptions.DEFAULT, other);
    assertArrayEquals(Files.readAllBytes(folder.resolve("m.onnx")), Files.readAllBytes(other));
    assertTrue(first.length > 0);
  }

  @Test
  void externalDataIsAlignedAndAddressed() throws IOException {
    EmitOptions options = EmitOptions.DEFAULT.withExternalData(ExternalData.ALWAYS, 0, 8);
    ModelProto m = write(Parser.parse(DENSE), options);
    TensorProto bias = m.getGraph().getInitializer(1);
    assertEquals(TensorProto.DataLocation.EXTERNAL, bias.getDataLocation());
    assertEquals("m.onnx.data", bias.getExternalData(0).getValue());
    assertEquals("4096", bias.getExternalData(1).getValue());
    assertEquals(4096 + 8, Files.size(folder.resolve("m.onnx.data")));
  }

  @Test
  void autoKeepsSmallModelsWhole() throws IOException {
    write(DENSE);
    assertEquals(List.of("m.onnx"), files());
  }

  @Test
  void autoMovesWeightsOutBeyondTheLimit() throws IOException {
    write(Parser.parse(DENSE), EmitOptions.DEFAULT.withExternalData(ExternalData.AUTO, 100, 8));
    assertEquals(List.of("m.onnx", "m.onnx.data"), files());
  }

  @Test
  void aFailureLeavesNothing() throws IOException {
    Graph g = Parser.parse(DENSE);
    g.addOutput("z", new Value.Constant(unreadable(), g.first().provenance()));
    EmitOptions options = EmitOptions.DEFAULT.withExternalData(ExternalData.ALWAYS, 0, 8);
    assertThrows(
        IllegalStateException.class, () -> OnnxWriter.write(g, options, folder.resolve("m.onnx")));
    assertEquals(List.of(), files());
  }

  private static TensorData unreadable() {
    return TensorData.opaque(org.tf2trt.ir.DType.F32, new long[] {1000}, "00");
  }

  @Test
  void aMissingFolderIsACodedError() {
    Path file = folder.resolve("nowhere/m.onnx");
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class,
            () -> OnnxWriter.write(Parser.parse(DENSE), EmitOptions.DEFAULT, file));
    assertEquals(Code.OUTPUT_NOT_WRITABLE, e.diagnostics().get(0).code());
    assertTrue(e.getMessage().contains("the folder does not exist"));
  }

  @Test
  void everythingThatOnnxLacksIsReportedAtOnce() {
    Graph g =
        Parser.parse(
            """
            graph @g(%x: f32[2]) {
              %0: f32[2] = tf.Foo(%x) @"a"
              %1: f32[2] = my.Bar(%0) {f=@"fn"} @"b"
              %2: qi8[2] = my.Baz(%1) @"c"
              return y = %1
            }
            """);
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class,
            () -> OnnxWriter.write(g, EmitOptions.DEFAULT, folder.resolve("m.onnx")));
    assertEquals(
        List.of(Code.UNSUPPORTED_OP, Code.INVALID_ONNX, Code.UNSUPPORTED_DTYPE),
        e.diagnostics().stream().map(d -> d.code()).toList());
  }

  @Test
  void metadataAndProducerAreWritten() throws IOException {
    EmitOptions options =
        EmitOptions.DEFAULT
            .withOpset(21)
            .withProducer("tf2trt", "1")
            .withMetadata(Map.of("source", "abc"));
    ModelProto m = write(Parser.parse(DENSE), options);
    assertEquals(10, m.getIrVersion());
    assertEquals(21, m.getOpsetImport(0).getVersion());
    assertEquals("abc", m.getMetadataProps(0).getValue());
    assertEquals("tf.nodes", m.getGraph().getNode(1).getMetadataProps(0).getKey());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
