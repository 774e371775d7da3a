// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.plugin;

import java.util.ArrayList;
import java.util.List;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.PassRunner;
import org.tf2trt.passes.Stage;

/** A plugin's pass: what it throws is reported as its own, and the graph is verified behind it. */
final class ForeignPass implements Pass {
  private final Pass pass;
  private final String who;

  ForeignPass(Pass pass, String plugin) {
    this.pass = pass;
    this.who = "pass " + pass.name() + " of " + plugin;
  }

  @Override
  public String name() {
    return pass.name();
  }

  @Override
  public String summary() {
    return pass.summary();
  }

  @Override
  public Stage requires() {
    return pass.requires();
  }

  @Override
  public Stage ensures() {
    return pass.ensures();
  }

  @Override
  public void run(Graph graph, PassContext context) {
    Foreign.call(
        who,
        () -> {
          pass.run(graph, context);
          return graph;
        });
    List<Diagnostic> broken = PassRunner.violations(graph, ensures());
    if (!broken.isEmpty()) {
      List<Diagnostic> all = new ArrayList<>();
      all.add(
          Diagnostic.error(
              Code.PLUGIN_BROKE_GRAPH,
              who,
              "left a graph that is not valid",
              "correct the plugin, or run without it"));
      all.addAll(Foreign.blame(who, broken));
      throw new DiagnosticException(all);
    }
  }
}
