// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.tf2trt.backend.files.AtomicFiles;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** Writes a plan and its sidecar; both appear whole, or neither. */
public final class PlanFiles {
  private PlanFiles() {}

  /** Throws {@code OUTPUT_NOT_WRITABLE}. */
  public static void write(Path plan, ByteBuffer bytes, Sidecar sidecar) {
    try {
      Files.createDirectories(plan.toAbsolutePath().getParent());
      try (AtomicFiles files = new AtomicFiles()) {
        Path planFile = files.create(plan);
        try (FileChannel out = FileChannel.open(planFile, StandardOpenOption.WRITE)) {
          ByteBuffer rest = bytes.duplicate();
          while (rest.hasRemaining()) {
            out.write(rest);
          }
        }
        Files.writeString(files.create(Sidecar.of(plan)), SidecarJson.text(sidecar));
        files.commit();
      }
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          plan.toString(),
          "it cannot be written: " + e.getMessage(),
          "choose another place with -o");
    }
  }

  /** SHA-256 of what is left in the buffer, in hexadecimal. */
  public static String sha256(ByteBuffer bytes) {
    MessageDigest digest = digest();
    digest.update(bytes.duplicate());
    return HexFormat.of().formatHex(digest.digest());
  }

  /** SHA-256 of a file; throws {@code MODEL_NOT_FOUND} when it cannot be read. */
  public static String sha256(Path file) {
    MessageDigest digest = digest();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      while (in.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.MODEL_NOT_FOUND, file.toString(), "it cannot be read", "check the path");
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
