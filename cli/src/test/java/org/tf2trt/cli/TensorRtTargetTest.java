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
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.TensorShapeProto;

/** {@code inspect --target} and {@code convert --target}, without a GPU. */
class TensorRtTargetTest {
  @TempDir private Path folder;
  private Path softmax;
  private Path unranked;

  @BeforeEach
  void models() throws IOException {
    Map<String, AttrValue> attrs = Map.of("T", SampleGraphs.type());
    softmax =
        SampleGraphs.save(
            folder.resolve("softmax.pb"),
            SampleGraphs.placeholder("x", 4),
            SampleGraphs.node("y", "Softmax", attrs, "x"));
    AttrValue any =
        AttrValue.newBuilder().setShape(TensorShapeProto.newBuilder().setUnknownRank(true)).build();
    unranked =
        SampleGraphs.save(
            folder.resolve("unranked.pb"),
            SampleGraphs.node(
                "x", "Placeholder", Map.of("dtype", SampleGraphs.type(), "shape", any)),
            SampleGraphs.node("y", "Exp", attrs, "x"));
  }

  @Test
  void inspectSaysWhatIsRewritten() {
    CommandRun run = CommandRun.of("inspect", softmax, "--target", "trt");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("TensorRT 10.6 and 11.2: taken, as 3 nodes"), run.out());
    assertTrue(run.out().contains("rewritten for it: RaiseVector 1"), run.out());
  }

  @Test
  void inspectSaysWhatStandsInTheWay() {
    CommandRun run = CommandRun.of("inspect", unranked, "--target", "trt10.6");
    assertTrue(run.out().contains("TensorRT 10.6: not taken"), run.out());
    assertTrue(
        run.out()
            .contains(
                "error[TF060] input: its rank is not known: 'x'; pin the shapes of the inputs with"
                    + " --shape"),
        run.out());
    CommandRun pinned =
        CommandRun.of("inspect", unranked, "--target", "trt10.6", "--shape", "x=2x3");
    assertTrue(pinned.out().contains("TensorRT 10.6: taken"), pinned.out());
  }

  @Test
  void inspectIsAlsoForPrograms() {
    CommandRun run = CommandRun.of("inspect", unranked, "--target", "trt11", "--json");
    assertTrue(run.out().contains("\"supported\" : false"), run.out());
    assertTrue(run.out().contains("\"target\" : \"trt11\""), run.out());
    assertTrue(run.out().contains("\"takes\" : false"), run.out());
    CommandRun softer = CommandRun.of("inspect", softmax, "--target", "trt11", "--json");
    assertTrue(softer.out().contains("\"RaiseVector\" : 1"), softer.out());
    assertFalse(CommandRun.of("inspect", softmax, "--json").out().contains("target"));
  }

  @Test
  void inspectTakesOnnxFilesToo() {
    Path onnx = folder.resolve("softmax.onnx");
    assertEquals(0, CommandRun.of("convert", softmax, "-o", onnx).code());
    CommandRun run = CommandRun.of("inspect", onnx, "--target", "trt");
    assertTrue(run.out().contains("rewritten for it: RaiseVector 1"), run.out());
  }

  @Test
  void convertWritesWhatTensorRtTakesOrNothing() {
    Path onnx = folder.resolve("out.onnx");
    CommandRun refused = CommandRun.of("convert", unranked, "-o", onnx, "--target", "trt");
    assertEquals(1, refused.code());
    assertTrue(refused.err().startsWith("error[TF060] input: its rank"), refused.err());
    assertFalse(Files.exists(onnx));
    CommandRun done = CommandRun.of("convert", softmax, "-o", onnx, "--target", "trt");
    assertEquals(0, done.code(), done.err());
    CommandRun again = CommandRun.of("inspect", onnx, "--target", "trt");
    assertFalse(again.out().contains("rewritten"), again.out());
  }

  @Test
  void otherTargetsAreRefused() {
    CommandRun run = CommandRun.of("inspect", softmax, "--target", "cuda");
    assertEquals(2, run.code());
    assertTrue(run.err().contains("'cuda' is not one of onnx, trt, trt10.6, trt11"), run.err());
  }
}
