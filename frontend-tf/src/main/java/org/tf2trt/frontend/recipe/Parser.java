// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.schema.AttrKind;

/**
 * Reads functions in ONNX's text syntax (Syntax.md of the ONNX project), and checks of them, which
 * are ours:
 *
 * <pre>
 *   file      ::= (function | check)*
 *   function  ::= header? NAME parameters? block
 *   block     ::= inputs '=>' outputs constants? '{' step* '}'
 *   header    ::= '&lt;' 'domain' ':' STRING ',' 'opset_import' ':' '[' '"" ' ':' INT ']' '&gt;'
 *   check     ::= 'check' NAME attributes? tensors '=>' tensors ('within' NUMBER)?
 * </pre>
 */
final class Parser {
  private static final double DEFAULT_WITHIN = 1e-5;
  private static final int MAX_DEPTH = 32;

  private final Lexer lexer;
  private final Literals literals;
  private final List<Recipe> recipes = new ArrayList<>();
  private final List<Example> examples = new ArrayList<>();
  private int depth;

  /** Reads the whole text; throws {@code BAD_RECIPE} with line and column. */
  Parser(String file, String text) {
    lexer = new Lexer(file, text);
    literals = new Literals(lexer);
    while (!lexer.atEnd()) {
      item();
    }
  }

  List<Recipe> recipes() {
    return recipes;
  }

  List<Example> examples() {
    return examples;
  }

  private void item() {
    Header header = lexer.peek().equals("<") ? new Header(lexer) : new Header();
    At at = lexer.at();
    String name = lexer.name("the name of an op");
    boolean check = name.equals("check") && (lexer.isWord() || lexer.isQuoted());
    if (check) {
      examples.add(example());
    } else {
      recipes.add(function(at, name, header));
    }
  }

  private Recipe function(At at, String name, Header header) {
    List<Parameter> parameters = lexer.accept("<") ? parameters() : List.of();
    return new Recipe(at, header.domain(), name, header.opset(), parameters, block(at, name));
  }

  /** What follows the name of a function or graph. */
  private Block block(At at, String name) {
    List<Port> inputs = ports();
    lexer.expect("=>");
    List<Port> outputs = ports();
    List<Step> steps = new ArrayList<>();
    if (lexer.accept("<")) {
      constants(steps);
    }
    lexer.expect("{");
    while (!lexer.accept("}")) {
      steps.add(step());
    }
    return new Block(at, name, inputs, outputs, steps);
  }

  private List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    while (!lexer.accept(">")) {
      if (!all.isEmpty()) {
        lexer.expect(",");
      }
      At at = lexer.at();
      String name = lexer.name("the name of an attribute");
      Optional<AttrKind> kind = lexer.accept(":") ? Optional.of(kind()) : Optional.empty();
      At valueAt = lexer.at();
      Optional<Attr> value =
          lexer.accept("=") ? Optional.of(as(kind, literals.value(), valueAt)) : Optional.empty();
      all.add(new Parameter(at, name, kind, value));
    }
    return all;
  }

  private AttrKind kind() {
    At at = lexer.at();
    String name = lexer.name("the kind of an attribute");
    return Kinds.named(name)
        .orElseThrow(
            () -> at.error("there is no attribute kind '" + name + "'", "write float, ints, ..."));
  }

  private static Attr as(Optional<AttrKind> kind, Attr value, At at) {
    return kind.isEmpty()
        ? value
        : Kinds.as(kind.get(), value)
            .orElseThrow(
                () -> at.error("the value is " + value.text() + ", expected " + kind.get().text()));
  }

  private List<Port> ports() {
    List<Port> all = new ArrayList<>();
    lexer.expect("(");
    while (!lexer.accept(")")) {
      if (!all.isEmpty()) {
        lexer.expect(",");
      }
      Optional<TensorType> type =
          literals.isType() ? Optional.of(literals.type()) : Optional.empty();
      At at = lexer.at();
      all.add(new Port(at, lexer.name("a name"), type));
    }
    return all;
  }

  /** {@code <float[2] scale = {1.0, 2.0}>}: the same as Constant steps. */
  private void constants(List<Step> into) {
    boolean first = true;
    while (!lexer.accept(">")) {
      if (!first) {
        lexer.expect(",");
      }
      first = false;
      TensorType type = literals.type();
      At at = lexer.at();
      Name name = new Name(at, lexer.name("the name of a constant"));
      lexer.expect("=");
      Argument value = new Argument.Given(at, new Attr.Tensor(literals.tensor(type)));
      into.add(new Step(at, List.of(name), "", "Constant", Map.of("value", value), List.of()));
    }
  }

  private Step step() {
    List<Name> outputs = names("=");
    At at = lexer.at();
    String op = lexer.name("the name of an op");
    String domain = "";
    while (lexer.accept(".")) {
      domain = domain.isEmpty() ? op : domain + "." + op;
      op = lexer.name("the name of an op");
    }
    // The attributes may stand before or behind the inputs.
    Map<String, Argument> arguments = lexer.accept("<") ? arguments() : Map.of();
    lexer.expect("(");
    List<Name> inputs = names(")");
    if (arguments.isEmpty() && lexer.accept("<")) {
      arguments = arguments();
    }
    return new Step(at, outputs, domain, op, arguments, inputs);
  }

  /** Names up to {@code end}; nothing between commas and {@code ""} both leave one out. */
  private List<Name> names(String end) {
    List<Name> all = new ArrayList<>();
    while (!lexer.accept(end)) {
      if (!all.isEmpty()) {
        lexer.expect(",");
      }
      At at = lexer.at();
      boolean left = lexer.peek().equals(",");
      all.add(new Name(at, left ? "" : lexer.name("a name or '" + end + "'")));
    }
    return all;
  }

  private Map<String, Argument> arguments() {
    Map<String, Argument> all = new LinkedHashMap<>();
    while (!lexer.accept(">")) {
      if (!all.isEmpty()) {
        lexer.expect(",");
      }
      At at = lexer.at();
      String name = lexer.name("the name of an attribute");
      if (all.put(name, argument()) != null) {
        throw at.error("attribute '" + name + "' is given twice");
      }
    }
    return all;
  }

  /** What follows the name of an attribute. */
  private Argument argument() {
    boolean declared = lexer.accept(":");
    boolean graph = declared && lexer.accept("graph");
    Optional<AttrKind> kind = declared && !graph ? Optional.of(kind()) : Optional.empty();
    lexer.expect("=");
    At at = lexer.at();
    if (graph || kind.isEmpty() && literals.isName()) {
      return graph(at);
    }
    return lexer.accept("@")
        ? new Argument.Reference(at, lexer.name("the name of an attribute"))
        : new Argument.Given(at, as(kind, literals.value(), at));
  }

  private Argument graph(At at) {
    String name = lexer.name("the name of a graph");
    if (!lexer.peek().equals("(")) {
      throw at.error(
          "'" + name + "' is no value",
          "a graph, as If, Loop and Scan have them, goes on as a function does: "
              + name
              + " (x) => (y) {...}");
    }
    if (++depth > MAX_DEPTH) {
      throw at.error("graphs are nested more than " + MAX_DEPTH + " deep");
    }
    Block block = block(at, name);
    depth--;
    return new Argument.Graph(at, block);
  }

  private Example example() {
    At at = lexer.at();
    String op = lexer.name("the name of a recipe");
    Map<String, Attr> attrs = new LinkedHashMap<>();
    if (lexer.accept("<")) {
      arguments().forEach((name, value) -> attrs.put(name, given(value)));
    }
    Map<String, TensorData> inputs = tensors();
    lexer.expect("=>");
    Map<String, TensorData> outputs = tensors();
    double within = DEFAULT_WITHIN;
    if (lexer.accept("within")) {
      At bound = lexer.at();
      within =
          Kinds.as(AttrKind.FLOAT, literals.value())
              .map(a -> ((Attr.Real) a).value())
              .filter(v -> v >= 0)
              .orElseThrow(() -> bound.error("expected a bound such as 1e-5"));
    }
    return new Example(at, op, attrs, inputs, outputs, within);
  }

  private static Attr given(Argument value) {
    if (value instanceof Argument.Given g) {
      return g.value();
    }
    throw value.at().error("a check gives values, no references and no graphs");
  }

  private Map<String, TensorData> tensors() {
    Map<String, TensorData> all = new LinkedHashMap<>();
    lexer.expect("(");
    while (!lexer.accept(")")) {
      if (!all.isEmpty()) {
        lexer.expect(",");
      }
      TensorType type = literals.type();
      At at = lexer.at();
      String name = lexer.name("a name");
      lexer.expect("=");
      if (all.put(name, literals.tensor(type)) != null) {
        throw at.error("'" + name + "' is given twice");
      }
    }
    return all;
  }
}
