// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.plan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.tf2trt.backend.files.AtomicFiles;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** Writes a plan and its sidecar; both appear whole, or neither. */
public final class PlanFiles {
  private PlanFiles() {}

  /** Gives the bytes of a plan, from start to end. */
  public interface Bytes {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** What a file holds: how many bytes, and their SHA-256 in hexadecimal. */
  public record Written(long bytes, String sha256) {}

  /**
   * Writes a plan, and beside it what {@code describe} says of it. Throws {@code
   * OUTPUT_NOT_WRITABLE}.
   */
  public static Sidecar write(Path plan, Bytes bytes, Function<Written, Sidecar> describe) {
    try {
      Files.createDirectories(plan.toAbsolutePath().getParent());
      try (AtomicFiles files = new AtomicFiles()) {
        Written written;
        try (FileChannel out = FileChannel.open(files.create(plan), StandardOpenOption.WRITE)) {
          HashingChannel channel = new HashingChannel(out, digest());
          bytes.writeTo(channel);
          written = channel.written();
        }
        Sidecar sidecar = describe.apply(written);
        Files.writeString(files.create(Sidecar.of(plan)), SidecarJson.text(sidecar));
        files.commit();
        return sidecar;
      }
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          plan.toString(),
          "it cannot be written: " + e.getMessage(),
          "choose another place with -o");
    }
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

  /** What a plan holds; throws {@code MODEL_NOT_FOUND} when it cannot be read. */
  public static Written content(Path plan) {
    try {
      return new Written(Files.size(plan), sha256(plan));
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.MODEL_NOT_FOUND, plan.toString(), "it cannot be read", "check the path");
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
