// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads what a process prints, so that it does not block, and keeps the end of it. */
final class ErrorTail {
  private static final int KEPT = 4096;

  private final StringBuilder tail = new StringBuilder();

  private ErrorTail() {}

  static ErrorTail of(InputStream stream) {
    ErrorTail errors = new ErrorTail();
    Thread reader = new Thread(() -> errors.read(stream), "tensorflow-errors");
    reader.setDaemon(true);
    reader.start();
    return errors;
  }

  private void read(InputStream stream) {
    byte[] chunk = new byte[KEPT];
    try (stream) {
      for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
        synchronized (tail) {
          tail.append(new String(chunk, 0, n, StandardCharsets.UTF_8));
          tail.delete(0, Math.max(0, tail.length() - KEPT));
        }
      }
    } catch (IOException e) {
      // The process is gone.
    }
  }

  String text() {
    synchronized (tail) {
      return tail.toString();
    }
  }
}
