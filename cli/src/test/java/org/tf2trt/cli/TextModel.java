// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tf2trt.verify.reference.TensorFlowNatives;

/**
 * A graph in text form and its conversion, for tests that verify one against the other.
 *
 * @param graph the TensorFlow graph, whose output is {@code y}
 * @param onnx what it was converted to
 */
record TextModel(Path graph, Path onnx) {
  /** Skips the test where TensorFlow's native library is missing. */
  static TextModel convert(String text, Path folder) throws IOException {
    assumeTrue(TensorFlowNatives.present(), "build with -Ptensorflow to run this");
    Path graph = Files.writeString(folder.resolve("g.pbtxt"), text);
    Path onnx = folder.resolve("g.onnx");
    CommandRun run = CommandRun.of("convert", graph, "-o", onnx, "--outputs", "y");
    assertEquals(0, run.code(), run.err());
    return new TextModel(graph, onnx);
  }
}
