// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A page of the documentation. Parts that describe the code are generated from it and stand between
 * {@code <!-- generated: PART -->} and {@code <!-- end of PART -->}; a test compares them, and
 * writes them anew when it runs with {@code -Dtf2trt.bless=true}.
 */
public final class Page {
  private final Path file;

  private Page(Path file) {
    this.file = file;
  }

  /** A page of the folder {@code docs}; tests run in the folder of their module. */
  public static Page of(String name) {
    return new Page(Path.of("..", "docs", name));
  }

  String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The page holds this text in the part of that name. */
  public void assertGenerated(String part, String expected) {
    String start = "<!-- generated: " + part + " -->\n";
    String page = text();
    int from = page.indexOf(start);
    int to = page.indexOf("<!-- end of " + part + " -->");
    assertTrue(from >= 0 && to > from, file + " marks no part '" + part + "' as generated");
    String whole = page.substring(0, from + start.length()) + expected + page.substring(to);
    if (Boolean.getBoolean("tf2trt.bless")) {
      write(whole);
    }
    assertEquals(
        whole,
        text(),
        file + " is not what the code says: run the tests of cli with -Dtf2trt.bless=true");
  }

  private void write(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
