// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.ArrayList;
import java.util.List;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Quoted;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.data.TensorText;

/** Types, tensors and attribute values. */
final class Literals {
  private final Lexer lexer;

  Literals(Lexer lexer) {
    this.lexer = lexer;
  }

  boolean isType() {
    return ElementNames.named(lexer.peek()).isPresent();
  }

  /** Whether a name comes next: a word that is no value and starts none. */
  boolean isName() {
    return lexer.isWord() && !isType() && !isFloat(lexer.peek());
  }

  private static boolean isFloat(String word) {
    return word.matches("inf|nan");
  }

  /** As in ONNX, {@code float} is a scalar, {@code float[]} any tensor, {@code float[N, 3, ?]}. */
  TensorType type() {
    DType dtype =
        ElementNames.named(lexer.peek())
            .orElseThrow(
                () ->
                    lexer.error("expected an element type such as float, found " + lexer.found()));
    lexer.take();
    return lexer.peek().equals("[")
        ? new TensorType(dtype, shape())
        : new TensorType(dtype, Shape.SCALAR);
  }

  private Shape shape() {
    lexer.expect("[");
    if (lexer.accept("]")) {
      return Shape.UNRANKED;
    }
    List<Dim> dims = new ArrayList<>();
    while (!lexer.accept("]")) {
      if (!dims.isEmpty()) {
        lexer.expect(",");
      }
      dims.add(dim());
    }
    return Shape.of(dims);
  }

  private Dim dim() {
    if (lexer.accept("?")) {
      return Dim.UNKNOWN;
    }
    if (lexer.isWord()) {
      return Dim.symbol(lexer.take());
    }
    At at = lexer.at();
    if (!lexer.peek().matches("[0-9]+")) {
      throw lexer.error("expected a dimension, found " + lexer.found());
    }
    try {
      return Dim.of(Long.parseLong(lexer.take()));
    } catch (NumberFormatException e) {
      throw at.error("the dimension is too large");
    }
  }

  /** The elements of a tensor between braces. */
  TensorData tensor(TensorType type) {
    At at = lexer.at();
    lexer.expect("{");
    List<String> elements = new ArrayList<>();
    while (!lexer.accept("}")) {
      if (!elements.isEmpty()) {
        lexer.expect(",");
      }
      elements.add(element(type.dtype()));
    }
    if (!type.shape().isStatic()) {
      throw at.error("a tensor has numbers as dimensions, found " + type.shape());
    }
    long[] sizes = type.shape().sizes();
    long count = 1;
    for (long s : sizes) {
      count *= s; // each is read from digits; a product that overflows is not the count either
    }
    if (count != elements.size()) {
      throw at.error("expected " + count + " elements, found " + elements.size());
    }
    try {
      return TensorText.parse(type.dtype(), sizes, elements);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw at.error("bad tensor: " + e.getMessage());
    }
  }

  private String element(DType dtype) {
    if (dtype == DType.STRING && lexer.isQuoted()) {
      return Quoted.quote(lexer.name("a string"));
    }
    String t = lexer.peek();
    boolean number = t.matches("[-+]?([0-9].*|inf|nan)");
    boolean truth = dtype == DType.BOOL && (t.equals("true") || t.equals("false"));
    if (!number && !truth) {
      throw lexer.error("expected an element, found " + lexer.found());
    }
    lexer.take();
    String plain = t.startsWith("+") ? t.substring(1) : t;
    if (dtype == DType.BOOL && number) {
      return plain.equals("0") ? "false" : "true";
    }
    return plain.equals("-nan") ? "nan" : plain;
  }

  /** A number, a string, a tensor, an element type, or a list of these. */
  Attr value() {
    if (lexer.accept("[")) {
      return list();
    }
    if (lexer.isQuoted()) {
      return Attr.of(lexer.name("a string"));
    }
    if (isType()) {
      TensorType type = type();
      // ONNX's parser allows a name and a '=' before the braces.
      if (lexer.isWord()) {
        lexer.take();
      }
      boolean assigned = lexer.accept("=");
      return assigned || lexer.peek().equals("{")
          ? new Attr.Tensor(tensor(type))
          : Attr.of(type.dtype());
    }
    return number();
  }

  private Attr number() {
    String t = lexer.peek();
    if (!t.matches("[-+]?([0-9].*|inf|nan)")) {
      throw lexer.error("expected a value, found " + lexer.found());
    }
    At at = lexer.at();
    lexer.take();
    try {
      return t.matches("[-+]?[0-9]+")
          ? Attr.of(Long.parseLong(t))
          : Attr.of(Double.parseDouble(t.replace("inf", "Infinity").replace("nan", "NaN")));
    } catch (NumberFormatException e) {
      throw at.error("'" + t + "' is no number of 64 bits");
    }
  }

  private Attr list() {
    List<Attr> items = new ArrayList<>();
    while (!lexer.accept("]")) {
      if (!items.isEmpty()) {
        lexer.expect(",");
      }
      if (lexer.peek().equals("[")) {
        throw lexer.error("a list holds no lists");
      }
      items.add(value());
    }
    return Kinds.list(items);
  }
}
