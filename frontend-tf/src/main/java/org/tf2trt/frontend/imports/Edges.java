// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.schema.Formal;
import org.tf2trt.ir.schema.Schemas;

/**
 * Data edges, followed through function boundaries: a call's output is what the function returns, a
 * function's argument is what the call was given.
 */
final class Edges {
  /** Functions that call others twice, level upon level, would make 2^levels scopes. */
  private static final int MAX_CALLS = 100_000;

  /** Steps after which a chain of calls and arguments is watched for a circle. */
  private static final int LONG_CHAIN = 64;

  private final Functions functions;
  private int entered;

  Edges(Functions functions) {
    this.functions = functions;
  }

  /** How many outputs an op that TensorFlow does not have is declared with; 0 when it is not. */
  int declaredOutputs(NodeDef node) {
    return functions.declaredOutputs(node);
  }

  /** The data inputs of a node, with calls and arguments resolved. */
  List<TensorRef> inputs(Scope scope, NodeDef node) {
    List<TensorRef> refs = new ArrayList<>();
    for (String input : node.getInputList()) {
      if (input.startsWith("^") || isBackEdge(scope, node, input)) {
        continue;
      }
      refs.add(resolve(reference(scope, input, node.getName())));
    }
    return refs;
  }

  /** The data inputs of a node with those that close a loop. */
  List<TensorRef> allInputs(Scope scope, NodeDef node) {
    return node.getInputList().stream()
        .filter(input -> !input.startsWith("^"))
        .map(input -> resolve(reference(scope, input, node.getName())))
        .toList();
  }

  /** The node that an input names: {@code ^node}, {@code node:1} or {@code node:output:0}. */
  static String producer(String input) {
    int from = input.startsWith("^") ? 1 : 0;
    int to = input.indexOf(':');
    return to < 0 ? input.substring(from) : input.substring(from, to);
  }

  /** The nodes of the same scope that a node waits for. */
  List<TensorRef> controls(Scope scope, NodeDef node) {
    return node.getInputList().stream()
        .filter(input -> input.startsWith("^"))
        .map(input -> new TensorRef(scope, input.substring(1), 0))
        .toList();
  }

  /** A TF1 loop closes through NextIteration; the walk must not follow it around. */
  private static boolean isBackEdge(Scope scope, NodeDef node, String input) {
    if (!node.getOp().equals("Merge") && !node.getOp().equals("RefMerge")) {
      return false;
    }
    String producer = input.split(":", -1)[0];
    return scope
        .find(producer)
        .map(n -> n.getOp().equals("NextIteration") || n.getOp().equals("RefNextIteration"))
        .orElse(false);
  }

  /**
   * What a tensor stands for once calls are inlined; an argument's default is no node of a scope.
   */
  TensorRef resolve(TensorRef ref) {
    TensorRef at = ref;
    Set<TensorRef> seen = new HashSet<>();
    for (int step = 0; ; step++) {
      if (step > LONG_CHAIN && !seen.add(at)) {
        throw malformed(at.scope(), at.node(), "the graph has a cycle through this node");
      }
      Scope scope = at.scope();
      String name = at.node();
      Optional<NodeDef> node = scope.find(name);
      if (node.isEmpty() && !scope.isMain() && scope.body().arg(name).isPresent()) {
        int index = scope.body().arg(name).get();
        if (scope.isVariable(index)) {
          return new TensorRef(scope, name, 0);
        }
        at = argument(scope, index);
      } else if (node.isPresent() && functions.isCall(node.get())) {
        at = returned(enter(scope, node.get()).orElseThrow(), at);
      } else {
        return at;
      }
    }
  }

  /** What a node calls or branches to; functions that do not exist are left out. */
  List<FunctionBody> callees(NodeDef node) {
    if (FlowOps.isFlow(node)) {
      return FlowOps.functions(node).stream()
          .flatMap(f -> functions.body(f.getName()).stream())
          .toList();
    }
    return functions.isCall(node) ? functions.body(node).stream().toList() : List.of();
  }

  /** The scope of a call, made on first need; empty when the node is no call. */
  Optional<Scope> enter(Scope scope, NodeDef node) {
    if (!functions.isCall(node)) {
      return Optional.empty();
    }
    Scope inner = scope.calls.get(node.getName());
    if (inner == null) {
      if (++entered > MAX_CALLS) {
        throw malformed(scope, node.getName(), "the graph makes over " + MAX_CALLS + " calls");
      }
      inner = functions.enter(scope, node);
      scope.calls.put(node.getName(), inner);
    }
    return Optional.of(inner);
  }

  /**
   * The scopes of everything that a node calls: a function, or the branches and bodies of control
   * flow, where loop variables stand for their first values.
   */
  List<Scope> called(Scope scope, NodeDef node) {
    if (!FlowOps.isFlow(node)) {
      return enter(scope, node).stream().toList();
    }
    List<Scope> scopes = new ArrayList<>();
    for (NameAttrList function : FlowOps.functions(node)) {
      String key = node.getName() + ':' + function.getName();
      scopes.add(
          scope.calls.computeIfAbsent(
              key, k -> enter(scope, node, function, FlowOps.skipped(node))));
    }
    return scopes;
  }

  /** A scope of its own for a function that an attribute of the node names. */
  Scope enter(Scope scope, NodeDef node, NameAttrList function, int skip) {
    if (++entered > MAX_CALLS) {
      throw malformed(scope, node.getName(), "the graph makes over " + MAX_CALLS + " calls");
    }
    return functions.enter(scope, node, function, skip);
  }

  /** What a function returns as output {@code index}, resolved. */
  TensorRef returned(Scope inner, int index) {
    return resolve(returned(inner, new TensorRef(inner.caller(), inner.call().getName(), index)));
  }

  /** What a tensor is a copy of. */
  TensorRef throughIdentities(TensorRef tensor) {
    TensorRef at = tensor;
    for (int step = 0; step < LONG_CHAIN; step++) {
      Optional<NodeDef> node = at.scope().find(at.node());
      if (node.isEmpty() || !node.get().getOp().equals("Identity")) {
        return at;
      }
      at = inputs(at.scope(), node.get()).get(0);
    }
    return at;
  }

  private TensorRef returned(Scope inner, TensorRef output) {
    String ret =
        inner
            .body()
            .returned(output.index())
            .orElseThrow(
                () ->
                    malformed(
                        output.scope(),
                        output.node(),
                        "output " + output.index() + " is not returned by " + inner.body().name()));
    return new Tensors(inner).parse(ret, inner.body().name());
  }

  private TensorRef argument(Scope scope, int index) {
    List<String> given = scope.arguments();
    if (index >= given.size()) {
      throw malformed(
          scope.caller(),
          scope.call().getName(),
          "gives no argument " + index + " of the function");
    }
    return new Tensors(scope.caller()).parse(given.get(index), scope.call().getName());
  }

  TensorRef reference(Scope scope, String text, String reader) {
    return new Tensors(scope).parse(text, reader);
  }

  /** Text of an edge to a tensor, in the two syntaxes of TensorFlow. */
  private final class Tensors {
    private final Scope scope;

    Tensors(Scope scope) {
      this.scope = scope;
    }

    /** {@code node}, {@code node:1} in graphs; {@code arg}, {@code node:output:1} in functions. */
    TensorRef parse(String text, String reader) {
      String[] parts = text.split(":", -1);
      if (parts.length <= 2) {
        int index = parts.length == 1 ? 0 : number(parts[1], text, reader);
        return checked(new TensorRef(scope, parts[0], index), reader);
      }
      NodeDef node = scope.node(parts[0], reader);
      int within = number(parts[2], text, reader);
      return new TensorRef(scope, parts[0], offset(node, parts[1], reader) + within);
    }

    private TensorRef checked(TensorRef ref, String reader) {
      boolean arg = !scope.isMain() && scope.body().arg(ref.node()).isPresent();
      if (!arg) {
        scope.node(ref.node(), reader);
      }
      return ref;
    }

    private int number(String digits, String text, String reader) {
      try {
        int n = Integer.parseInt(digits);
        if (n >= 0) {
          return n;
        }
      } catch (NumberFormatException e) {
        // reported below
      }
      throw malformed(scope, reader, "'" + text + "' names no tensor");
    }

    /** The position of the first tensor of a named output among all outputs of its node. */
    private int offset(NodeDef node, String output, String reader) {
      int offset = 0;
      var schema = Schemas.tf(node.getOp());
      if (schema.isEmpty()) {
        return functions.outputIndex(node, output); // a call, or a custom op
      }
      Map<String, Attr> attrs = NodeTypes.countAttrs(node, scope.callAttrs());
      for (Formal formal : schema.get().outputs()) {
        if (formal.name().equals(output)) {
          return offset;
        }
        offset += NodeTypes.count(formal, attrs);
      }
      throw malformed(scope, reader, "'" + node.getName() + "' has no output '" + output + "'");
    }
  }

  static DiagnosticException malformed(Scope scope, String node, String message) {
    return DiagnosticException.of(
        Code.MALFORMED_GRAPH, "'" + scope.qualify(node) + "'", message, "export the model again");
  }
}
