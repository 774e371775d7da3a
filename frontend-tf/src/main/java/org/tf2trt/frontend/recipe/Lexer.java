// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tf2trt.ir.diag.DiagnosticException;

/** Tokens of ONNX's text syntax; {@code #} starts a comment. */
final class Lexer {
  private static final Pattern SPACE = Pattern.compile("(?:\\s++|#[^\\n]*+)*+");
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"[^\"\\n]*+\"" // ONNX's strings have no escapes
              + "|=>"
              + "|[-+]?(?:inf|nan)(?![A-Za-z0-9_])"
              + "|[-+]?[0-9]++(?:\\.[0-9]*+)?(?:[eE][-+]?[0-9]++)?(?![A-Za-z_])"
              + "|[A-Za-z_][A-Za-z0-9_]*+"
              + "|[<>(){}\\[\\]:,=@?.]");

  private final String file;
  private final String text;
  private final Matcher matcher;
  private int start;
  private int end;
  private String token = "";
  private int line = 1;
  private int lineStart;
  private int counted;

  Lexer(String file, String text) {
    this.file = file;
    this.text = text;
    this.matcher = TOKEN.matcher(text);
    advance();
  }

  /** The current token; empty at the end of the text. */
  String peek() {
    return token;
  }

  boolean atEnd() {
    return token.isEmpty();
  }

  String take() {
    String t = token;
    advance();
    return t;
  }

  boolean accept(String want) {
    if (!token.equals(want)) {
      return false;
    }
    advance();
    return true;
  }

  void expect(String want) {
    if (!accept(want)) {
      throw error("expected '" + want + "', found " + found());
    }
  }

  /** An identifier, or any text between quotes. */
  String name(String what) {
    if (isQuoted()) {
      String quoted = take();
      return quoted.substring(1, quoted.length() - 1);
    }
    if (!isWord()) {
      throw error("expected " + what + ", found " + found());
    }
    return take();
  }

  boolean isWord() {
    return !token.isEmpty() && (Character.isLetter(token.charAt(0)) || token.charAt(0) == '_');
  }

  boolean isQuoted() {
    return token.startsWith("\"");
  }

  String found() {
    return token.isEmpty() ? "the end of the file" : "'" + token + "'";
  }

  /** Where the current token starts. */
  At at() {
    for (; counted < start; counted++) {
      if (text.charAt(counted) == '\n') {
        line++;
        lineStart = counted + 1;
      }
    }
    return new At(file, line, start - lineStart + 1);
  }

  DiagnosticException error(String message) {
    return at().error(message, "docs/custom-ops.md describes the syntax");
  }

  private void advance() {
    Matcher space = SPACE.matcher(text).region(end, text.length());
    start = space.lookingAt() ? space.end() : end;
    if (start == text.length()) {
      token = "";
      end = start;
      return;
    }
    if (!matcher.region(start, text.length()).lookingAt()) {
      throw error("unexpected character '" + text.charAt(start) + "'");
    }
    token = matcher.group();
    end = matcher.end();
  }
}
