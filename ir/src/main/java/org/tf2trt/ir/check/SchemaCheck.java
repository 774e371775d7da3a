// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.ir.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.schema.AttrKind;
import org.tf2trt.ir.schema.AttrSpec;
import org.tf2trt.ir.schema.OpSchema;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.ir.schema.Trait;

/**
 * Checks every {@code onnx.*} node against the schema of its op at {@link #OPSET}, the opset whose
 * forms the IR uses, or at the opset that brought it if that is newer, and reports every violation:
 *
 * <ol>
 *   <li>The op exists and is not withdrawn.
 *   <li>There are as many inputs and results as it takes, and none that it requires is absent.
 *   <li>Each attribute is one of its own, of the right kind, and none that it requires is missing.
 *   <li>There is one body for each graph attribute that is required.
 * </ol>
 *
 * Nodes of other dialects and ops of other ONNX domains ({@code onnx.com.vendor.Op}) are left
 * alone.
 */
public final class SchemaCheck {
  /** The IR holds ONNX ops in the forms of this opset. */
  public static final int OPSET = 21;

  private static final String DIALECT = "onnx.";

  /** ONNX numbers element types, the schemas say no more than int; the IR names them. */
  private static final Set<String> DTYPES =
      Set.of("to", "dtype", "output_dtype", "output_datatype");

  /** ONNX's number of no element type. */
  private static final Attr UNDEFINED = Attr.of(0);

  private final List<Diagnostic> found = new ArrayList<>();

  private SchemaCheck() {}

  /** All violations in the graph and its bodies; empty when there are none. */
  public static List<Diagnostic> verify(Graph graph) {
    SchemaCheck check = new SchemaCheck();
    check.graph(graph);
    return check.found;
  }

  private void graph(Graph g) {
    for (Node n = g.first(); n != null; n = n.next()) {
      if (n.op().startsWith(DIALECT) && n.op().indexOf('.', DIALECT.length()) < 0) {
        node(n);
      }
      n.bodies().forEach(this::graph);
    }
  }

  private void node(Node n) {
    Optional<OpSchema> schema = Schemas.onnxForm(n.op().substring(DIALECT.length()), OPSET);
    if (schema.isEmpty() || schema.get().has(Trait.DEPRECATED)) {
      report(n, "is no op of opset " + OPSET);
      return;
    }
    counts(n, schema.get());
    schema.get().attrs().forEach(a -> required(n, a));
    n.attrs().forEach((name, value) -> attribute(n, schema.get(), name, value));
    long bodies = schema.get().attrs().stream().filter(SchemaCheck::isBody).count();
    if (n.bodies().size() != bodies) {
      report(n, "has " + n.bodies().size() + " bodies, expected " + bodies);
    }
  }

  private void counts(Node n, OpSchema s) {
    count(n, "inputs", n.inputs().size(), s.minInputs(), s.maxInputs());
    count(n, "results", n.results().size(), s.minOutputs(), s.maxOutputs());
    for (int i = 0; i < Math.min(n.inputs().size(), s.inputs().size()); i++) {
      if (!n.input(i).isPresent() && s.inputs().get(i).min() > 0) {
        report(n, "lacks input " + i + " (" + s.inputs().get(i).name() + ")");
      }
    }
  }

  private void count(Node n, String what, int given, int min, int max) {
    if (given < min || given > max) {
      String expected = max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max;
      report(n, "has " + given + " " + what + ", expected " + expected);
    }
  }

  private static boolean isBody(AttrSpec a) {
    return a.kind() == AttrKind.GRAPH && a.required();
  }

  private void required(Node n, AttrSpec a) {
    if (a.required() && a.kind() != AttrKind.GRAPH && !n.attrs().containsKey(a.name())) {
      report(n, "lacks attribute " + a.name());
    }
  }

  private void attribute(Node n, OpSchema s, String name, Attr value) {
    Optional<AttrSpec> spec = s.attr(name);
    if (spec.isEmpty()) {
      report(n, "has an attribute " + name + ", which the op lacks");
    } else if (!accepts(spec.get(), value)) {
      String kind = isDType(spec.get()) ? "type" : spec.get().kind().text();
      report(n, "attribute " + name + " is " + value.text() + ", expected " + kind);
    }
  }

  private static boolean accepts(AttrSpec spec, Attr value) {
    return isDType(spec)
        ? value instanceof Attr.Type || value.equals(UNDEFINED)
        : spec.kind().accepts(value);
  }

  private static boolean isDType(AttrSpec spec) {
    return spec.kind() == AttrKind.INT && DTYPES.contains(spec.name());
  }

  private void report(Node n, String what) {
    found.add(Diagnostic.error(Code.BROKEN_INVARIANT, n.toString(), what, ""));
  }
}
