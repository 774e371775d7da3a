// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rewrite;

import java.util.List;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.PassRunner;

/**
 * Tests a pass on IR text, as {@link RuleTester} tests rules: the graph before, the graph after,
 * both evaluated on random inputs and compared, and a second run that has to change nothing.
 * Failures are {@link AssertionError}s; any test framework will do.
 */
public final class PassTester {
  private final Pass pass;
  private int opset = 17;

  private PassTester(Pass pass) {
    this.pass = pass;
  }

  public static PassTester of(Pass pass) {
    return new PassTester(pass);
  }

  /** The opset that the pass is told of; 17 by default. */
  public PassTester opset(int wanted) {
    opset = wanted;
    return this;
  }

  /**
   * The pass turns {@code before} into {@code after}, whose values are the same.
   *
   * @param before body of a graph: {@code (%x: f32[N,4]) { ... return y = %0 }}
   */
  public void rewrites(String before, String after) {
    Graph graph = Parser.parse("graph @g" + before.strip());
    run(graph);
    String now = Printer.print(graph);
    Expect.equal(Printer.print(Parser.parse("graph @g" + after.strip())), now, pass.name());
    Expect.equal(List.of(), PassRunner.violations(graph, pass.ensures()), "the graph is valid");
    run(graph);
    Expect.equal(now, Printer.print(graph), "a second run changes nothing");
    SameValues.check(Parser.parse("graph @g" + before.strip()), graph);
  }

  /** The pass leaves {@code graph} as it is. */
  public void keeps(String graph) {
    Graph parsed = Parser.parse("graph @g" + graph.strip());
    String before = Printer.print(parsed);
    run(parsed);
    Expect.equal(before, Printer.print(parsed), pass.name() + " keeps it");
  }

  private void run(Graph graph) {
    Diagnostics found = new Diagnostics();
    pass.run(graph, new PassContext(opset, found));
    found.throwIfErrors();
  }
}
