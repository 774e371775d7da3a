// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** A folder of its own for files that only this process needs. */
public record TemporaryFolder(Path path) implements AutoCloseable {
  /** Throws {@code OUTPUT_NOT_WRITABLE}. */
  public static TemporaryFolder create() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("tf2trt"));
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          System.getProperty("java.io.tmpdir"),
          "no temporary folder can be made",
          "free some space, or set TF2TRT_JAVA_OPTS=-Djava.io.tmpdir=FOLDER");
    }
  }

  /** Removes it with all its files. */
  @Override
  public void close() {
    try (var files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // What is left lies in the system's folder for such files.
    }
  }
}
