// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.Locale;
import org.tf2trt.ir.check.SchemaCheck;

/** {@code <domain: "local", opset_import: ["" : 17]>}, all of it optional. */
final class Header {
  private static final int OLDEST = 13;

  private String domain = "";
  private int opset = SchemaCheck.OPSET;

  /** No header: the forms of the newest opset. */
  Header() {}

  Header(Lexer lexer) {
    lexer.expect("<");
    boolean first = true;
    while (!lexer.accept(">")) {
      if (!first) {
        lexer.expect(",");
      }
      first = false;
      property(lexer);
    }
  }

  String domain() {
    return domain;
  }

  int opset() {
    return opset;
  }

  private void property(Lexer lexer) {
    At at = lexer.at();
    String name = lexer.name("domain or opset_import");
    lexer.expect(":");
    switch (name) {
      case "domain" -> domain = lexer.name("a domain");
      case "opset_import" -> imports(lexer);
      case "doc_string" -> lexer.name("a text");
      default -> throw at.error("a function has no property '" + name + "'");
    }
  }

  private void imports(Lexer lexer) {
    lexer.expect("[");
    boolean first = true;
    while (!lexer.accept("]")) {
      if (!first) {
        lexer.expect(",");
      }
      first = false;
      String of = lexer.name("a domain");
      lexer.expect(":");
      At at = lexer.at();
      String version = lexer.take();
      if (of.isEmpty() || of.toLowerCase(Locale.ROOT).equals("ai.onnx")) {
        opset = version(at, version);
      }
    }
  }

  private static int version(At at, String text) {
    int version = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    if (version < OLDEST || version > SchemaCheck.OPSET) {
      throw at.error(
          "opset '%s', expected %d to %d".formatted(text, OLDEST, SchemaCheck.OPSET),
          "write the recipe in the forms of one of these");
    }
    return version;
  }
}
