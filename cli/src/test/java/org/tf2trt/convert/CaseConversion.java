// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tf2trt.frontend.Selection;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.golden.CaseArchive;
import org.tf2trt.verify.golden.EngineTypes;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.run.OrtRunner;

/** A golden case on disk, and its conversion. */
final class CaseConversion implements AutoCloseable {
  private final Path folder;
  private final CaseArchive golden;

  /**
   * @param folder to work in; files of a case before are overwritten
   */
  CaseConversion(byte[] archive, Path folder) throws IOException {
    this.folder = folder;
    this.golden = CaseArchive.open(Files.write(folder.resolve("case.zip"), archive));
  }

  Path onnx() {
    return folder.resolve("case.onnx");
  }

  /** Converts the whole graph to {@link #onnx()}. */
  Conversion convert(UnaryOperator<ConvertRequestEditor> options) throws IOException {
    Path graph = folder.resolve("graph.pb");
    golden.extractGraph(graph);
    Selection whole = new Selection(Optional.empty(), List.of(), golden.inputs(), golden.outputs());
    ConvertRequestEditor request = ConvertRequest.of(graph, onnx()).edit().selection(whole);
    return Converter.convert(options.apply(request).build());
  }

  /** ONNX Runtime gives TensorFlow's values; inputs and outputs may have TensorRT's types. */
  void assertValues() throws IOException {
    try (OrtRunner runner = OrtRunner.open(onnx())) {
      Golden fitted = EngineTypes.fit(golden.golden(), runner.inputs(), runner.outputs());
      Comparison c = GoldenCheck.check(runner, fitted, golden.expectation());
      assertTrue(c.passed(), () -> String.join("; ", c.problems()));
    }
  }

  @Override
  public void close() throws IOException {
    golden.close();
  }
}
