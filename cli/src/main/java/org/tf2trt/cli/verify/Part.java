// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.check.VerificationState;

/**
 * One of several runs that share the calls of a verification.
 *
 * @param number from 1
 * @param of how many there are
 */
record Part(int number, int of) {
  /** All of it. */
  static final Part WHOLE = new Part(1, 1);

  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,5})/([1-9][0-9]{0,5})");

  /** Of {@code 2/4}; throws {@code BAD_DATA}. */
  static Part parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (m.matches()) {
      Part part = new Part(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
      if (part.number <= part.of) {
        return part;
      }
    }
    throw DiagnosticException.of(
        Code.BAD_DATA, "--part " + text, "no part", "write the second of four as 2/4");
  }

  /** The first call of this part, of so many in all. */
  long first(long calls) {
    return calls * (number - 1) / of;
  }

  /** How many calls this part has. */
  long calls(long all) {
    return new Part(number + 1, of).first(all) - first(all);
  }

  /** Of a state of this part. */
  String fingerprint(String whole) {
    return of == 1 ? whole : whole + "; part " + number + "/" + of;
  }

  /**
   * What all parts know together.
   *
   * @param files the states of all parts, in any order
   * @param fingerprint of the whole
   * @param calls of the whole
   * @throws DiagnosticException {@code BAD_DATA} when one is missing, not finished or of another
   *     verification
   */
  static VerificationState merged(List<Path> files, String fingerprint, long calls) {
    Map<Integer, VerificationState> parts = new TreeMap<>();
    for (Path file : files) {
      VerificationState state =
          StateFile.load(file)
              .orElseThrow(() -> bad(file, "there is no such file", "run the part with --state"));
      Part part = of(state, fingerprint, files.size(), file);
      if (state.calls() != part.calls(calls)) {
        throw bad(
            file,
            "%d of the part's %d calls are done".formatted(state.calls(), part.calls(calls)),
            "run the part again: it goes on where it stopped");
      }
      if (parts.put(part.number, state) != null) {
        throw bad(file, "part " + part.number + " is given twice", "give each part once");
      }
    }
    return parts.values().stream().reduce(VerificationState::and).orElseThrow();
  }

  private static Part of(VerificationState state, String fingerprint, int parts, Path file) {
    for (int i = 1; i <= parts; i++) {
      Part part = new Part(i, parts);
      if (state.fingerprint().equals(part.fingerprint(fingerprint))) {
        return part;
      }
    }
    throw bad(
        file,
        "it is no part of this verification in %d parts: %s".formatted(parts, state.fingerprint()),
        "give the same models and options, and the states of all parts");
  }

  private static DiagnosticException bad(Path file, String what, String next) {
    return DiagnosticException.of(Code.BAD_DATA, file.toString(), what, next);
  }
}
