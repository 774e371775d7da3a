// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.check.VerificationState;

/** Keeps a verification's state, so that it can go on after an interruption. */
final class StateFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long EVERY = 2_000_000_000L;

  private final Path file;
  private final String fingerprint;
  private long written = System.nanoTime();

  StateFile(Path file, String fingerprint) {
    this.file = file;
    this.fingerprint = fingerprint;
  }

  /** Throws {@code BAD_DATA} when it is of another verification or no state at all. */
  Optional<VerificationState> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      VerificationState state = MAPPER.readValue(file.toFile(), VerificationState.class);
      if (!state.fingerprint().equals(fingerprint)) {
        throw bad("it belongs to another verification: " + state.fingerprint());
      }
      return Optional.of(state);
    } catch (JsonProcessingException e) {
      throw bad("it is no state of a verification: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw bad("it cannot be read");
    }
  }

  private DiagnosticException bad(String what) {
    return DiagnosticException.of(
        Code.BAD_DATA, file.toString(), what, "delete it, or name another file with --state");
  }

  /** Writes now and then; the file is whole at any time. */
  void update(VerificationState state) {
    if (System.nanoTime() - written > EVERY) {
      write(state);
    }
  }

  void write(VerificationState state) {
    JsonFiles.write(MAPPER.valueToTree(state), file);
    written = System.nanoTime();
  }
}
