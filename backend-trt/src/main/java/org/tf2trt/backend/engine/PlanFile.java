// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** The bytes of a plan in memory outside the Java heap; plans may exceed 2 GiB. */
final class PlanFile implements AutoCloseable {
  private static final int CHUNK = 1 << 26;

  private final BytePointer bytes;
  private final long size;

  private PlanFile(BytePointer bytes, long size) {
    this.bytes = bytes;
    this.size = size;
  }

  /**
   * Reads a file.
   *
   * @throws DiagnosticException MODEL_NOT_FOUND, WRONG_FILE_KIND when it is empty
   */
  static PlanFile read(Path plan) {
    if (!Files.isRegularFile(plan)) {
      throw DiagnosticException.of(
          Code.MODEL_NOT_FOUND, plan.toString(), "no such file", "check the path");
    }
    try (FileChannel channel = FileChannel.open(plan)) {
      long size = channel.size();
      if (size == 0) {
        throw DiagnosticException.of(
            Code.WRONG_FILE_KIND, plan.toString(), "the file is empty", "build the plan again");
      }
      PlanFile file = new PlanFile(new BytePointer(size), size);
      file.fill(channel);
      return file;
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.MODEL_NOT_FOUND,
          plan.toString(),
          "cannot be read: " + e.getMessage(),
          "check the path and its permissions");
    }
  }

  private void fill(FileChannel channel) throws IOException {
    for (long from = 0; from < size; from += CHUNK) {
      long end = Math.min(size, from + CHUNK);
      ByteBuffer part = new BytePointer(bytes).limit(end).position(from).asByteBuffer();
      while (part.hasRemaining() && channel.read(part) >= 0) {}
      if (part.hasRemaining()) {
        throw new IOException("the file became shorter");
      }
    }
  }

  Pointer bytes() {
    return bytes;
  }

  long size() {
    return size;
  }

  @Override
  public void close() {
    bytes.close();
  }
}
