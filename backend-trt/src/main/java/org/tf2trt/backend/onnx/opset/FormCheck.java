// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx.opset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.schema.Bfloat16Ops;
import org.tf2trt.ir.schema.Formal;
import org.tf2trt.ir.schema.OpSchema;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.ir.schema.Trait;

/**
 * Whether the schema of an opset has a node's op, attributes, inputs and types. An attribute that
 * the opset lacks is dropped where it has its default, which says what older opsets did always.
 */
final class FormCheck {
  private static final String DIALECT = "onnx.";

  private FormCheck() {}

  /**
   * The node without superfluous attributes.
   *
   * @throws DiagnosticException when the opset cannot express it; ops of other domains pass
   */
  static NodeSpec conform(NodeSpec n, int opset) {
    if (!n.op().startsWith(DIALECT)) {
      return n;
    }
    String op = n.op().substring(DIALECT.length());
    OpSchema schema = Schemas.onnx(op, opset).orElseThrow(() -> noOp(n, op));
    if (schema.has(Trait.DEPRECATED)) {
      throw error(n, Code.UNSUPPORTED_OP, "was withdrawn from ONNX before opset " + opset, "");
    }
    NodeSpec node = n;
    for (Map.Entry<String, Attr> e : n.attrs().entrySet()) {
      if (schema.attr(e.getKey()).isEmpty()) {
        requireDefault(n, op, e.getKey(), e.getValue(), opset);
        node = Forms.without(node, e.getKey());
      }
    }
    requireTypes(n, op, schema, opset, n.inputs());
    return node;
  }

  private static DiagnosticException noOp(NodeSpec n, String op) {
    List<OpSchema> versions = Schemas.onnxVersions(op);
    return versions.isEmpty()
        ? error(n, Code.UNSUPPORTED_OP, "ONNX has no such op", "")
        : needs(n, Code.UNSUPPORTED_OP, "ONNX has this op", versions.get(0).sinceVersion());
  }

  private static void requireDefault(NodeSpec n, String op, String name, Attr value, int opset) {
    Optional<Attr> byDefault =
        Schemas.onnxForm(op, OpsetConversion.CANONICAL)
            .flatMap(s -> s.attr(name))
            .flatMap(a -> a.defaultValue());
    if (byDefault.isPresent() && byDefault.get().text().equals(value.text())) {
      return;
    }
    String what = "has attribute " + name + "=" + value.text();
    throw firstWith(op, opset, s -> s.attr(name).isPresent())
        .map(since -> needs(n, Code.UNSUPPORTED_FORM, what + ", which ONNX has", since))
        .orElseGet(() -> error(n, Code.INVALID_ONNX, what + ", which ONNX does not know", ""));
  }

  private static void requireTypes(
      NodeSpec n, String op, OpSchema schema, int opset, List<Value> values) {
    List<Formal> formals = schema.inputs();
    if (values.size() > schema.maxInputs()) {
      throw firstWith(op, schema.sinceVersion(), s -> s.maxInputs() >= values.size())
          .map(since -> needs(n, Code.UNSUPPORTED_FORM, "has inputs that ONNX has", since))
          .orElseGet(() -> error(n, Code.INVALID_ONNX, "has too many inputs", ""));
    }
    requireMinimum(n, schema, values);
    for (int i = 0; i < values.size(); i++) {
      int index = Math.min(i, formals.size() - 1);
      Formal formal = formals.get(index);
      if (!values.get(i).isPresent()) {
        continue;
      }
      DType dtype = values.get(i).dtype();
      if (!allows(schema, formal, dtype) && !takesBfloat16(schema, formal, dtype, opset)) {
        String what = "input '" + formal.name() + "' is " + dtype.text();
        throw firstWith(
                op,
                schema.sinceVersion(),
                s -> s.inputs().size() > index && allows(s, s.inputs().get(index), dtype))
            .map(since -> needs(n, Code.UNSUPPORTED_DTYPE, what + ", which ONNX takes", since))
            .orElseGet(
                () -> error(n, Code.UNSUPPORTED_DTYPE, what + ", which ONNX does not take", ""));
      }
    }
  }

  /** Trailing absent inputs do not count, unless they may be absent, as a Loop's condition. */
  private static void requireMinimum(NodeSpec n, OpSchema schema, List<Value> values) {
    int given = values.size();
    List<Formal> formals = schema.inputs();
    while (given > 0
        && !values.get(given - 1).isPresent()
        && !formals.get(Math.min(given, formals.size()) - 1).isOptional()) {
      given--;
    }
    if (given < schema.minInputs()) {
      String what = "has " + given + " inputs, expected " + schema.minInputs() + " or more";
      throw error(n, Code.INVALID_ONNX, what, "");
    }
  }

  /** A type variable of sequences alone has no types here and allows everything. */
  private static boolean allows(OpSchema schema, Formal formal, DType dtype) {
    Set<DType> types = schema.types(formal);
    return types.isEmpty() || types.contains(dtype);
  }

  private static boolean takesBfloat16(OpSchema schema, Formal formal, DType dtype, int opset) {
    return dtype == DType.BF16
        && opset >= Bfloat16Ops.OPSET
        && Bfloat16Ops.has(schema.op())
        && allows(schema, formal, DType.F16);
  }

  private static Optional<Integer> firstWith(String op, int above, Predicate<OpSchema> fits) {
    return Schemas.onnxVersions(op).stream()
        .filter(s -> s.sinceVersion() > above && fits.test(s))
        .map(OpSchema::sinceVersion)
        .findFirst();
  }

  private static DiagnosticException needs(NodeSpec n, Code code, String what, int since) {
    return error(
        n, code, what + " from opset " + since + " on", "ask for --opset " + since + " or higher");
  }

  private static DiagnosticException error(NodeSpec n, Code code, String what, String next) {
    return DiagnosticException.of(code, Forms.subject(n), what, next);
  }
}
