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
    Optional<VerificationState> state = load(file);
    if (state.isPresent() && !state.get().fingerprint().equals(fingerprint)) {
      throw bad(file, "it belongs to another verification: " + state.get().fingerprint());
    }
    return state;
  }

  /** Whatever it is of; empty when there is no such file. */
  static Optional<VerificationState> load(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readValue(file.toFile(), VerificationState.class));
    } catch (JsonProcessingException e) {
      throw bad(file, "it is no state of a verification: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw bad(file, "it cannot be read");
    }
  }

  private static DiagnosticException bad(Path file, String what) {
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
