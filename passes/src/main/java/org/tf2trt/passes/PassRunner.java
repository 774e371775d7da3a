// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes;

import java.util.ArrayList;
import java.util.List;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.check.SchemaCheck;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/** Runs a pipeline in order, checks the graph where stages meet, and times every pass. */
public final class PassRunner {
  /** Sees the graph around each pass. */
  public interface Observer {
    default void before(Pass pass, Graph graph) {}

    default void after(Pass pass, Graph graph, long nanoseconds) {}
  }

  private final List<Observer> observers = new ArrayList<>();
  private boolean verifyEach;

  public PassRunner observe(Observer observer) {
    observers.add(observer);
    return this;
  }

  /** Verify after every pass, not only where the stage changes and at the end. */
  public PassRunner verifyEach(boolean on) {
    verifyEach = on;
    return this;
  }

  /** Stops at the first pass that reports an error, throwing all diagnostics collected. */
  public void run(Graph graph, List<Pass> pipeline, PassContext context) {
    for (int i = 0; i < pipeline.size(); i++) {
      Pass pass = pipeline.get(i);
      observers.forEach(o -> o.before(pass, graph));
      long start = System.nanoTime();
      pass.run(graph, context);
      long time = System.nanoTime() - start;
      context.diagnostics().throwIfErrors();
      boolean boundary = i + 1 == pipeline.size() || pass.requires() != pass.ensures();
      if (verifyEach || boundary) {
        verify(graph, pass);
      }
      observers.forEach(o -> o.after(pass, graph, time));
    }
  }

  /** Every way in which a graph is not valid or not of that stage; empty when it is fine. */
  public static List<Diagnostic> violations(Graph graph, Stage stage) {
    List<Diagnostic> broken = new ArrayList<>(Verifier.verify(graph));
    checkStage(graph, stage, broken);
    broken.addAll(SchemaCheck.verify(graph));
    return broken;
  }

  private static void verify(Graph graph, Pass pass) {
    List<Diagnostic> broken = violations(graph, pass.ensures());
    if (!broken.isEmpty()) {
      Diagnostic blame =
          Diagnostic.error(
              Code.BROKEN_INVARIANT, "pass " + pass.name(), "left a graph that is not valid", "");
      broken.add(0, blame);
      throw new DiagnosticException(broken);
    }
  }

  private static void checkStage(Graph graph, Stage stage, List<Diagnostic> into) {
    for (Node n : graph.nodes()) {
      if (!stage.allows(n.op())) {
        into.add(
            Diagnostic.error(
                Code.BROKEN_INVARIANT,
                n.toString(),
                n.op() + " is not allowed in stage " + stage,
                ""));
      }
      n.bodies().forEach(b -> checkStage(b, stage, into));
    }
  }
}
