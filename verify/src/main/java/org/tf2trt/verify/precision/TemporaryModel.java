// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.precision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.run.OrtRunner;

/** A graph written to a folder of its own for ONNX Runtime; closing it removes the folder. */
final class TemporaryModel implements AutoCloseable {
  private final Path folder;
  private final OrtRunner runner;

  private TemporaryModel(Path folder, OrtRunner runner) {
    this.folder = folder;
    this.runner = runner;
  }

  static TemporaryModel of(Graph graph, int opset) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("tf2trt-precision");
      Path file = folder.resolve("probe.onnx");
      OnnxWriter.write(graph, EmitOptions.DEFAULT.withOpset(opset), file);
      return new TemporaryModel(folder, OrtRunner.open(file));
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          System.getProperty("java.io.tmpdir"),
          "no temporary folder can be made",
          "give another with -Djava.io.tmpdir");
    } catch (DiagnosticException e) {
      delete(folder);
      throw e;
    }
  }

  OrtRunner runner() {
    return runner;
  }

  @Override
  public void close() {
    runner.close();
    delete(folder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
