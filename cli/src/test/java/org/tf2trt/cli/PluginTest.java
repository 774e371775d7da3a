// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final Path MODEL = EXAMPLES.resolve("custom-op-model");
  private static final String PASS = "org.tf2trt.passes.Pass";
  private static final String RULE = "org.tf2trt.passes.rewrite.Rule";
  private static final String LOWERING = "org.tf2trt.frontend.lower.LoweringProvider";

  @TempDir private Path folder;
  private Path onnx;
  private Path jar;
  private Path relu;

  @BeforeEach
  void makeModel() throws IOException {
    onnx = folder.resolve("out.onnx");
    jar = folder.resolve("my.jar");
    relu = SampleGraphs.relu(folder.resolve("relu.pb"));
  }

  private static String pass(String more, String body) {
    return """
        import org.tf2trt.ir.*;
        import org.tf2trt.passes.*;
        import org.tf2trt.passes.plugin.*;
        public class MyPass implements Pass %s {
          public String summary() { return "my pass"; }
          public void run(Graph graph, PassContext context) { %s }
        """
        .formatted(more, body);
  }

  private CommandRun convert(Path model, Object... more) {
    Object[] all = new Object[more.length + 6];
    System.arraycopy(new Object[] {"convert", model, "-o", onnx, "--plugin", jar}, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return CommandRun.of(all);
  }

  private void refused(CommandRun run, String start) {
    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().startsWith(start), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(Files.exists(onnx));
  }

  @Test
  void aLoweringConvertsACustomOp() throws IOException {
    PluginBuild.example(EXAMPLES.resolve("custom-op-java"), jar);
    CommandRun run = convert(MODEL.resolve("model.pb"));
    assertEquals("", run.err());
    CommandRun verify = CommandRun.of("verify", onnx, "--golden", MODEL.resolve("io.npz"));
    assertEquals(0, verify.code(), verify.err());
  }

  @Test
  void aPassRunsWhereItSays() throws IOException {
    Path lowering =
        PluginBuild.example(EXAMPLES.resolve("custom-op-java"), folder.resolve("l.jar"));
    PluginBuild.example(EXAMPLES.resolve("own-pass"), jar);
    CommandRun run =
        convert(
            MODEL.resolve("model.pb"),
            "--plugin",
            lowering,
            "--print-after",
            "all",
            "--time-passes");
    assertEquals(0, run.code(), run.err());
    int recognise = run.err().indexOf("// after recognise");
    int own = run.err().indexOf("// after fuse-shrink");
    int fold = run.err().indexOf("// after fold-into-weights");
    assertTrue(recognise >= 0 && recognise < own && own < fold, run.err());
    assertTrue(run.err().indexOf("onnx.Shrink") > own, run.err());
    CommandRun verify = CommandRun.of("verify", onnx, "--golden", MODEL.resolve("io.npz"));
    assertEquals(0, verify.code(), verify.err());
  }

  @Test
  void passesChoosesPassesOfPlugins() throws IOException {
    Path lowering =
        PluginBuild.example(EXAMPLES.resolve("custom-op-java"), folder.resolve("l.jar"));
    PluginBuild.example(EXAMPLES.resolve("own-pass"), jar);
    Object[] print = {"--plugin", lowering, "--print-after", "infer-shapes", "--passes", ""};
    print[5] = "-fuse-shrink";
    CommandRun without = convert(MODEL.resolve("model.pb"), print);
    assertFalse(without.err().contains("onnx.Shrink"), without.err());
    print[5] = "canonicalise,fuse-shrink,infer-shapes";
    CommandRun only = convert(MODEL.resolve("model.pb"), print);
    assertTrue(only.err().contains("onnx.Shrink"), only.err());
  }

  @Test
  void anExceptionIsThePlugins() throws IOException {
    String source = pass("", "throw new IllegalStateException(\"oops\");") + "}";
    PluginBuild.of("MyPass", source, Map.of(PASS, "MyPass"), jar);
    refused(
        convert(relu),
        "error[TF073] pass my-pass of my.jar: threw java.lang.IllegalStateException: oops at"
            + " MyPass.run(MyPass.java:6)");
    CommandRun debug = convert(relu, "--debug");
    assertTrue(debug.err().contains("\tat MyPass.run"), debug.err());
  }

  @Test
  void aBrokenGraphIsThePlugins() throws IOException {
    String body =
        "Node n = graph.first(); graph.append(NodeSpec.of(\"onnx.Nonsense\", n.inputs(),"
            + " java.util.Map.of(), java.util.List.of(n.result().type()), n.provenance()));";
    PluginBuild.of("MyPass", pass("", body) + "}", Map.of(PASS, "MyPass"), jar);
    CommandRun run = convert(relu);
    refused(run, "error[TF074] pass my-pass of my.jar: left a graph that is not valid");
    assertTrue(run.err().contains("is no op of opset 21"), run.err());
  }

  @Test
  void aRuleThatChangesATypeIsBlamed() throws IOException {
    String source =
        """
        import java.util.*;
        import org.tf2trt.ir.*;
        import org.tf2trt.passes.rewrite.*;
        public class MyRule implements Rule {
          public String algebra() { return "Relu(x) -> Cast(x)"; }
          public Set<String> roots() { return Set.of("onnx.Relu"); }
          public Outcome apply(Node node, RuleContext context) {
            return Outcome.replace(context.build().cast(node.input(0), DType.F16));
          }
        }
        """;
    PluginBuild.of("MyRule", source, Map.of(RULE, "MyRule"), jar);
    CommandRun run = convert(relu);
    refused(run, "error[TF074] pass rules-of-my of my.jar: ");
    assertTrue(run.err().contains("rule MyRule changed f32[batch,2]"), run.err());
    CommandRun without = convert(relu, "--passes", "-MyRule");
    assertEquals(0, without.code(), without.err());
  }

  @Test
  void aPlaceThatDoesNotExistIsRefused() throws IOException {
    String source =
        pass(", Placed", "") + "public Placement placement() { return Placement.after(\"x\"); } }";
    PluginBuild.of("MyPass", source, Map.of(PASS, "MyPass"), jar);
    refused(
        convert(relu), "error[TF072] pass my-pass of my.jar: goes after x, which does not exist");
  }

  @Test
  void theStageOfThePlaceHasToFit() throws IOException {
    String source =
        pass("", "")
            + "public Stage requires() { return Stage.TF; } "
            + "public Stage ensures() { return Stage.TF; } }";
    PluginBuild.of("MyPass", source, Map.of(PASS, "MyPass"), jar);
    refused(
        convert(relu),
        "error[TF072] pass my-pass of my.jar: requires a graph in stage TF, and stands where it is"
            + " in stage ONNX");
  }

  @Test
  void aLoweringThatThrowsIsBlamed() throws IOException {
    String source =
        """
        import org.tf2trt.frontend.lower.*;
        public class MyOps implements LoweringProvider {
          public void addTo(LoweringTable table) {
            table.one("Relu", (node, build) -> { throw new RuntimeException("no"); });
          }
        }
        """;
    PluginBuild.of("MyOps", source, Map.of(LOWERING, "MyOps"), jar);
    refused(
        convert(relu),
        "error[TF073] the lowering in my.jar at 'y': threw java.lang.RuntimeException: no at MyOps");
  }

  @Test
  void onlyThePublishedPackagesAreSeen() throws IOException {
    String source = pass("", "new org.tf2trt.passes.layout.AssignLayout(true);") + "}";
    PluginBuild.of("MyPass", source, Map.of(PASS, "MyPass"), jar);
    refused(
        convert(relu),
        "error[TF073] pass my-pass of my.jar: threw java.lang.NoClassDefFoundError:"
            + " org/tf2trt/passes/layout/AssignLayout");
  }

  @Test
  void filesThatAreNoPlugins() throws IOException {
    refused(convert(relu), "error[TF072] --plugin " + jar + ": there is no such file");
    Files.writeString(jar, "text");
    refused(convert(relu), "error[TF072] --plugin " + jar + ": is no jar");
    PluginBuild.of("A", "public class A {}", Map.of("x", "A"), jar);
    refused(convert(relu), "error[TF072] --plugin " + jar + ": names no provider of tf2trt");
    PluginBuild.of("A", "public class A {}", Map.of(PASS, "B"), jar);
    refused(convert(relu), "error[TF072] --plugin " + jar + ": a provider of Pass fails");
  }
}
