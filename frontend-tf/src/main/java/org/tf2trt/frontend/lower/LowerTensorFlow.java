// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.UnknownRankException;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.Stage;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.infer.Inference;
import org.tf2trt.passes.rewrite.DeadCode;

/**
 * Lowers every {@code tf.*} node, in definition order, so that a lowering sees inputs that are
 * lowered and inferred. What cannot be lowered is collected; of the nodes that depend on such a
 * node only those are reported whose op has no lowering either.
 */
public final class LowerTensorFlow implements Pass {
  private final LoweringTable table;
  private final LoweringOptions options;

  public LowerTensorFlow(LoweringTable table) {
    this(table, LoweringOptions.DEFAULT);
  }

  public LowerTensorFlow(LoweringTable table, LoweringOptions options) {
    this.table = table;
    this.options = options;
  }

  /** The same lowerings under other options. */
  public LowerTensorFlow with(LoweringOptions other) {
    return new LowerTensorFlow(table, other);
  }

  @Override
  public String summary() {
    return "express every TensorFlow op in ONNX ops";
  }

  @Override
  public Stage requires() {
    return Stage.TF;
  }

  @Override
  public Stage ensures() {
    return Stage.ONNX;
  }

  @Override
  public void run(Graph graph, PassContext context) {
    Run run = new Run(context, graph);
    run.graph(graph);
    run.unsupported.report(context.diagnostics());
    context.diagnostics().throwIfErrors();
    ComplexInterface.checkOutputs(graph, context.diagnostics());
    context.diagnostics().throwIfErrors();
    DeadCode.sweep(graph);
    left(graph, context);
    context.diagnostics().throwIfErrors();
  }

  /** Lists that nothing could be made of, as their elements are not known. */
  private static void left(Graph graph, PassContext context) {
    for (Node node : graph.nodes()) {
      if (node.op().startsWith("tf.")) {
        context.diagnostics().add(Addressed.leftOver(node));
      }
      node.bodies().forEach(b -> left(b, context));
    }
  }

  private final class Run {
    private final PassContext context;
    private final Inference inference = new Inference();
    private final UnsupportedOps unsupported;
    private final ComplexValues complex = new ComplexValues();
    private final Map<Value, Boolean> failed = new IdentityHashMap<>();

    Run(PassContext context, Graph graph) {
      this.context = context;
      this.unsupported = new UnsupportedOps(HostCut.of(graph), context.command());
    }

    void graph(Graph graph) {
      nodes(graph.nodes());
    }

    /** Lowers a part of the graph, or a body, for the node that it belongs to. */
    private void inside(List<Node> nodes, Graph outputs) {
      nodes(nodes);
      if (outputs.outputs().stream().anyMatch(failed::containsKey)) {
        throw new TfNode.RefusedInside();
      }
    }

    private void nodes(List<Node> nodes) {
      for (Node node : nodes) {
        if (node.op().startsWith("tf.") && !node.isDead()) {
          if (readsFailed(node)) {
            boolean none =
                table.get(name(node)).isEmpty() && table.getComplex(name(node)).isEmpty();
            if (none || HostOps.isHostOnly(name(node))) {
              unsupported.add(node);
            }
            fail(node);
          } else {
            node(node);
          }
        }
      }
    }

    private boolean readsFailed(Node node) {
      return !failed.isEmpty()
          && (node.inputs().stream().anyMatch(failed::containsKey)
              || node.bodies().stream().anyMatch(this::readsFailed));
    }

    private boolean readsFailed(Graph body) {
      return body.outputs().stream().anyMatch(failed::containsKey)
          || body.nodes().stream().anyMatch(this::readsFailed);
    }

    private void node(Node node) {
      Optional<Lowering> lowering = table.get(name(node));
      boolean isComplex = ComplexValues.isConcerned(node);
      if (isComplex ? table.getComplex(name(node)).isEmpty() : lowering.isEmpty()) {
        unsupported.add(node);
        fail(node);
        return;
      }
      OnnxBuilder build =
          new OnnxBuilder(
              node.graph(), node, node.provenance(), inference, context.meetings()::note);
      TfNode view =
          new TfNode(
              node,
              PlainIntegers.of(node, build),
              inference,
              context.opset(),
              options,
              this::inside);
      try {
        if (isComplex) {
          complex.lower(node, view, build, table.getComplex(name(node)).orElseThrow());
        } else {
          replace(node, lowering.get().lower(view, build));
        }
      } catch (TfNode.RefusedInside e) {
        fail(node);
      } catch (UnknownRankException e) {
        context.diagnostics().add(Addressed.unknownRank(node));
        fail(node);
      } catch (DiagnosticException e) {
        if (HostCut.hasStrings(node)) {
          unsupported.add(node);
          fail(node);
          return;
        }
        e.diagnostics().forEach(d -> context.diagnostics().add(Addressed.to(node, d)));
        fail(node);
      } catch (RuntimeException e) {
        // Lowerings rely on what TensorFlow checks before it runs a node: counts of attributes,
        // shapes of operands, axes within the rank.
        context.diagnostics().add(Addressed.senseless(node, e));
        fail(node);
      }
    }

    private void replace(Node node, List<Value> values) {
      for (int i = 0; i < node.results().size(); i++) {
        Value old = node.result(i);
        if (old.isUnused()) {
          continue;
        }
        Value now = values.get(i);
        if (now == old) {
          continue; // a list that becomes something at what reads it
        }
        // The importer can only guess the types of ops that TensorFlow itself does not have.
        boolean untyped = old.dtype() == DType.VARIANT || Schemas.tf(name(node)).isEmpty();
        if (!now.isPresent() || now.dtype() != RealTypes.of(old.dtype()) && !untyped) {
          String gave = now.isPresent() ? now.type().toString() : "nothing";
          throw new IllegalStateException("output " + i + " is " + gave + ", not " + old.type());
        }
        old.replaceAllUsesWith(now);
      }
      if (node.isDead()) {
        node.erase();
      }
    }

    private static String name(Node node) {
      return node.op().substring("tf.".length());
    }

    private void fail(Node node) {
      node.results().forEach(r -> failed.put(r, true));
    }
  }
}
