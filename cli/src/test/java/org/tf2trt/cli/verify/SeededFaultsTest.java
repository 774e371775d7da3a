// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.cli.SmallModels;
import org.tf2trt.convert.ConvertRequest;
import org.tf2trt.convert.Converter;
import org.tf2trt.frontend.Selection;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.golden.GoldenFile;
import org.tf2trt.verify.reference.TensorFlowNatives;
import org.tf2trt.verify.run.OrtRunner;

/** Models, one node of each made wrong after the conversion: bisection names that node. */
class SeededFaultsTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Path FRONTEND = Path.of("../frontend-tf/src/test/resources/models");

  /** Nodes with several outputs, some of which become several ONNX nodes. */
  private static final Path SEVERAL_OUTPUTS =
      Path.of("src/test/resources/models/several_outputs.pbtxt");

  @TempDir private Path folder;

  @BeforeAll
  static void needsTensorFlow() {
    assumeTrue(TensorFlowNatives.present(), "build with -Ptensorflow to run this");
  }

  @Test
  void wrongPadding() throws IOException {
    String node = corrupt(zipped("espcn_x3"), "", "Conv", 1, n -> set(n, "pads", 2, 0, 1, 1));
    assertTrue(node.endsWith("conv2d_1_2/BiasAdd"), node);
  }

  @Test
  void wrongEpsilon() throws IOException {
    String node =
        corrupt(
            EXAMPLES.resolve("sample-model/saved_model"),
            "",
            "InstanceNormalization",
            3,
            n -> set(n, "epsilon", new Attr.Real(1e-2)));
    assertTrue(node.endsWith("instance_norm_3_1/add_1"), node);
  }

  @Test
  void swappedLayout() throws IOException {
    String node =
        corrupt(
            EXAMPLES.resolve("conv-block/saved_model"),
            "",
            "Transpose",
            1,
            n -> set(n, "perm", 0, 3, 2, 1));
    assertTrue(node.endsWith("/relu"), node);
  }

  @Test
  void wrongAxis() throws IOException {
    String node =
        corrupt(
            zipped("two_signatures"),
            "embed",
            "ReduceSum",
            0,
            n -> n.setInput(1, new Value.Constant(TensorData.vector(0), n.provenance())));
    assertTrue(node.endsWith("l2_normalize/Sum"), node);
  }

  @Test
  void lostBias() throws IOException {
    String node =
        corrupt(
            FRONTEND.resolve("tf2_dense"),
            "",
            "Gemm",
            0,
            n -> n.setInput(2, Value.Absent.INSTANCE));
    assertTrue(node.endsWith("/add"), node);
  }

  @Test
  void wrongVarianceBesideTheRightMean() throws IOException {
    String tensor =
        corrupt(
            SEVERAL_OUTPUTS,
            "",
            "Mul",
            1,
            n ->
                n.setInput(
                    1, new Value.Constant(TensorData.ofFloats(new long[0], 2), n.provenance())),
            6); // the variance from the images
    assertEquals("norm:2", tensor);
  }

  @Test
  void wrongIndicesBesideTheRightValues() throws IOException {
    String tensor = corrupt(SEVERAL_OUTPUTS, "", "Cast", 0, n -> negate(n.result()));
    assertEquals("top:1", tensor);
  }

  @Test
  void theOtherHalf() throws IOException {
    String tensor =
        corrupt(
            SEVERAL_OUTPUTS,
            "",
            "Exp",
            0,
            n -> n.setInput(0, n.input(0).producer().orElseThrow().result(0)));
    assertEquals("lower", tensor);
  }

  /**
   * Converts, makes the {@code number}th node of an op wrong, verifies.
   *
   * @return the node that bisection names
   */
  private String corrupt(Path model, String signature, String op, int number, Consumer<Node> fault)
      throws IOException {
    return corrupt(model, signature, op, number, fault, 3);
  }

  /** The same with the number of nodes that reproduce the fault. */
  private String corrupt(
      Path model, String signature, String op, int number, Consumer<Node> fault, int nodes)
      throws IOException {
    Selection selection =
        new Selection(
            signature.isEmpty() ? Optional.empty() : Optional.of(signature),
            List.of(),
            List.of(),
            List.of());
    Path good = folder.resolve("good.onnx");
    Converter.convert(ConvertRequest.of(model, good).edit().selection(selection).build());
    assertTrue(verify(model, good, selection, Path.of("unused")).path("passed").asBoolean());

    Graph graph = OnnxReader.read(good).graph();
    fault.accept(
        graph.nodes().stream().filter(n -> n.is("onnx." + op)).skip(number).findFirst().get());
    Path bad = folder.resolve("bad.onnx");
    OnnxWriter.write(graph, EmitOptions.DEFAULT, bad);
    Path reproducer = folder.resolve("reproducer");
    JsonNode report = verify(model, bad, selection, reproducer);
    assertEquals(false, report.path("passed").asBoolean());
    reproduces(reproducer, nodes);
    return report.path("bisection").path("tensor").asText().replaceFirst(":0$", "");
  }

  /** The cut-out differs from what TensorFlow has at this place, and is smaller than the model. */
  private static void reproduces(Path reproducer, int nodes) {
    Golden golden = GoldenFile.of(reproducer.resolve("io.npz")).read().get(0);
    try (OrtRunner runner = OrtRunner.open(reproducer.resolve("cutout.onnx"))) {
      assertEquals(false, GoldenCheck.check(runner, golden, Expectation.STRICT).passed());
    }
    assertTrue(OnnxReader.read(reproducer.resolve("cutout.onnx")).graph().size() <= nodes);
  }

  private JsonNode verify(Path model, Path converted, Selection selection, Path reproducer)
      throws IOException {
    VerifyOptions options = VerifyOptions.once();
    options.reproducer = reproducer;
    Path report = folder.resolve("report.json");
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new VerifyAgainstTensorFlow(model, converted, selection, options, 1, false, out, out)
        .run(false, report);
    return new ObjectMapper().readTree(report.toFile());
  }

  /** Puts a negation behind a value, which counts as part of the same TensorFlow node. */
  private static void negate(Value value) {
    Node node = value.producer().orElseThrow();
    List<Use> readers = value.uses();
    NodeSpec spec =
        NodeSpec.of(
            "onnx.Neg", List.of(value), new TreeMap<>(), List.of(value.type()), node.provenance());
    Value negated = node.graph().insertBefore(node.next(), spec).result();
    readers.forEach(u -> u.set(negated));
  }

  private static void set(Node node, String attr, long... values) {
    set(node, attr, new Attr.Ints(Arrays.stream(values).boxed().toList()));
  }

  /** Replaces a node by one with another attribute. */
  static void set(Node node, String name, Attr value) {
    Map<String, Attr> attrs = new LinkedHashMap<>(node.attrs());
    attrs.put(name, value);
    Node wrong =
        node.graph()
            .insertBefore(
                node,
                NodeSpec.of(
                    node.op(),
                    node.inputs(),
                    attrs,
                    List.of(node.result().type()),
                    node.provenance()));
    node.result().replaceAllUsesWith(wrong.result());
    node.erase();
  }

  private Path zipped(String name) throws IOException {
    Path to = SmallModels.unpack(name, folder);
    try (var files = Files.walk(to)) {
      return files.filter(f -> f.endsWith("saved_model.pb")).findFirst().get().getParent();
    }
  }
}
