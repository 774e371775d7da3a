// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.verify.reference.TensorFlowNatives;

/** SavedModels as Keras 3 exports them, with variables and the outputs of TensorFlow. */
class SmallModelsTest {
  @TempDir private Path folder;

  private CommandRun sweep(String model) throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    try (InputStream in = SmallModelsTest.class.getResourceAsStream("/models/" + model + ".zip")) {
      Files.copy(in, models.resolve(model + ".zip"));
    }
    return CommandRun.of("sweep", models, "-o", folder.resolve("out"));
  }

  @Test
  void superResolutionOfAnySize() throws IOException {
    CommandRun run = sweep("espcn_x3");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("ok       espcn_x3"), run.out());
  }

  @Test
  void everySignatureOfAModel() throws IOException {
    CommandRun run = sweep("two_signatures");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(Files.exists(folder.resolve("out/two_signatures.onnx")));
  }

  /** Six calls in a row, each with the variables that the one before left. */
  @Test
  void callsThatChangeVariables() throws IOException {
    CommandRun run = sweep("stateful");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("ok       stateful"), run.out());
  }

  /** TensorFlow begins anew with every sequence of calls, as the converted model does. */
  @Test
  void callsThatChangeVariablesOfTensorFlow() throws IOException {
    assumeTrue(TensorFlowNatives.present(), "build with -Ptensorflow to run this");
    Path model = SmallModels.unpack("stateful", folder.resolve("models"));
    Files.copy(model.resolve("io.npz"), model.resolve("io_2.npz"));
    Path meta = model.resolve("META.json");
    String once = "\"file\": \"io.npz\",\n   \"sequence\": 6";
    String text = Files.readString(meta);
    assertTrue(text.contains(once), text);
    Files.writeString(meta, text.replace(once, once + "}, {" + once.replace("io.npz", "io_2.npz")));
    CommandRun run =
        CommandRun.of("sweep", model.getParent(), "-o", folder.resolve("out"), "--tensorflow");
    assertEquals(0, run.code(), run.out() + run.err());
    assertTrue(run.out().contains("golden"), run.out());
  }
}
