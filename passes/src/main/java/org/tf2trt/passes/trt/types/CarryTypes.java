// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.infer.Inference;
import org.tf2trt.passes.rewrite.DeadCode;

/**
 * Narrow and unsigned integers become i32 or i64, f64 becomes f32. Integer arithmetic that may
 * leave the narrow type is followed by what makes it wrap, so that all integers stay exact. Inputs
 * and outputs of u8 stay: TensorRT has them at the edge of a network, cast to and from floats.
 */
public final class CarryTypes implements Pass {
  private final LostRanges lost;

  public CarryTypes() {
    this(new LostRanges());
  }

  /** Also collects where f32 cannot stand for f64. */
  public CarryTypes(LostRanges lost) {
    this.lost = lost;
  }

  @Override
  public String summary() {
    return "keep narrow integers in i32 and i64, and f64 in f32";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    new Run(graph, context, lost).run();
  }

  private static final class Run {
    private final Graph top;
    private final PassContext context;
    private final LostRanges lost;
    private final Map<Node, Signature> signatures;
    private final Inference inference = new Inference();
    private final Set<String> rounded = new LinkedHashSet<>();

    Run(Graph top, PassContext context, LostRanges lost) {
      this.top = top;
      this.lost = lost;
      this.context = context;
      this.signatures = Signature.of(top);
    }

    void run() {
      List<DType> outputs = top.outputs().stream().map(Value::dtype).toList();
      inputs();
      graph(top);
      for (int i = 0; i < outputs.size(); i++) {
        output(i, outputs.get(i));
      }
      DeadCode.sweep(top);
      if (!rounded.isEmpty()) {
        String first = rounded.iterator().next();
        String more = rounded.size() > 1 ? " and %d more".formatted(rounded.size() - 1) : "";
        context
            .diagnostics()
            .add(
                Diagnostic.warning(
                    Code.PRECISION_LOST,
                    "'" + first + "'" + more,
                    "f64 is computed in f32",
                    "compare the outputs with verify"));
      }
    }

    private void inputs() {
      for (Value.Param p : List.copyOf(top.params())) {
        if (p.dtype() == DType.U8) {
          EdgeCasts.input(top, p, inference);
        } else if (Carrier.isNeeded(p.dtype())) {
          interfaceChanges("input", p.name(), p.dtype());
          carry(top, p);
        }
      }
    }

    private void carry(Graph graph, Value.Param p) {
      p.replaceAllUsesWith(graph.replaceParam(p, Carrier.of(p.type())));
    }

    private void interfaceChanges(String kind, String name, DType type) {
      context
          .diagnostics()
          .add(
              Diagnostic.warning(
                  Code.ENGINE_INTERFACE,
                  "%s '%s'".formatted(kind, name),
                  "it is %s instead of %s".formatted(Carrier.of(type).text(), type.text()),
                  "feed and read that type"));
    }

    private void output(int i, DType type) {
      if (!Carrier.isNeeded(type)) {
        return;
      }
      Value v = top.outputs().get(i);
      if (type == DType.U8) {
        top.setOutput(i, EdgeCasts.output(top, carried(v), inference));
      } else {
        interfaceChanges("output", top.outputNames().get(i), type);
        top.setOutput(i, carried(v));
      }
    }

    private void graph(Graph graph) {
      for (Node n : graph.nodes()) {
        for (Graph body : n.bodies()) {
          body(body);
        }
        Signature types = signatures.get(n);
        // Nodes that this pass made have no signature.
        if (types != null && types.isCarried() && !n.isDead()) {
          node(n, types);
        }
      }
    }

    private void body(Graph body) {
      for (Value.Param p : List.copyOf(body.params())) {
        if (Carrier.isNeeded(p.dtype())) {
          carry(body, p);
        }
      }
      graph(body);
      for (int i = 0; i < body.outputs().size(); i++) {
        body.setOutput(i, carried(body.outputs().get(i)));
      }
    }

    private static Value carried(Value v) {
      return v instanceof Value.Constant c && Carrier.isNeeded(c.dtype())
          ? new Value.Constant(Carrier.of(c.data()), c.provenance())
          : v;
    }

    private void node(Node n, Signature types) {
      if (types.has(DType.F64)) {
        rounded.add(n.provenance().name());
        n.inputs().forEach(v -> lost.check(n.provenance().name(), v));
      }
      if (EdgeCasts.isKept(n) || Quantized.isKept(n)) {
        return;
      }
      OnnxBuilder b = new OnnxBuilder(n.graph(), n, n.provenance(), inference, created -> {});
      List<Value> inputs = n.inputs().stream().map(Run::carried).toList();
      List<Value> made =
          CarriedOps.build(n, types, inputs, b).orElseGet(() -> again(n, types, inputs, b));
      for (int i = 0; i < made.size(); i++) {
        if (n.result(i).useCount() > 0) {
          n.result(i).replaceAllUsesWith(made.get(i));
        }
      }
      n.erase();
    }

    /** The same op on carried inputs; integers that may have left their type come back. */
    private static List<Value> again(Node n, Signature types, List<Value> inputs, OnnxBuilder b) {
      List<Graph> bodies = n.bodies().stream().map(GraphCopy::of).toList();
      String op = n.op().substring(n.op().indexOf('.') + 1);
      List<Value> made = b.ops(op, n.results().size(), attrs(n), inputs, bodies);
      List<Value> wrapped = new ArrayList<>();
      for (int i = 0; i < made.size(); i++) {
        boolean wraps = Wrapping.OPS.contains(op);
        wrapped.add(wraps ? Carrier.wrap(b, made.get(i), types.result(i)) : made.get(i));
      }
      return wrapped;
    }

    private static Map<String, Attr> attrs(Node n) {
      Map<String, Attr> attrs = new TreeMap<>();
      n.attrs().forEach((name, a) -> attrs.put(name, attr(a)));
      return attrs;
    }

    private static Attr attr(Attr a) {
      if (a instanceof Attr.Type t) {
        return Attr.of(Carrier.of(t.value()));
      }
      return a instanceof Attr.Tensor t ? new Attr.Tensor(Carrier.of(t.value())) : a;
    }
  }
}
