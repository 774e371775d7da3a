// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;

/**
 * Tests rules on IR text: a test reads as the graph before, the graph after, and the algebra. When
 * a rule fires, both graphs are also evaluated on random inputs and compared, and a second run has
 * to find nothing more to do. Failures are {@link AssertionError}s; any test framework will do.
 */
public final class RuleTester {
  private final List<Rule> rules;
  private int opset = 17;

  private RuleTester(List<Rule> rules) {
    this.rules = rules;
  }

  public static RuleTester of(Rule... rules) {
    return new RuleTester(List.of(rules));
  }

  public static RuleTester of(List<Rule> rules) {
    return new RuleTester(rules);
  }

  /** The opset that rules are told of; 17 by default. */
  public RuleTester opset(int wanted) {
    opset = wanted;
    return this;
  }

  /**
   * The rules turn {@code before} into {@code after}, whose values are the same.
   *
   * @param before body of a graph: {@code (%x: f32[N,4]) { ... return y = %0 }}
   */
  public void rewrites(String before, String after) {
    Graph graph = graph(before);
    Map<String, Integer> fired = run(graph, new ArrayList<>());
    Expect.equal(Printer.print(graph(after)), Printer.print(graph), "the graph after");
    Expect.that(!fired.isEmpty(), "no rule fired");
    Expect.equal(List.of(), Verifier.verify(graph), "the graph is valid");
    Expect.equal(Map.of(), run(graph, new ArrayList<>()), "a second run fires nothing");
    SameValues.check(graph(before), graph);
  }

  /**
   * The rules fire; the graph that they make is valid, has the same values, and a second run finds
   * nothing. For forms too long to be written down.
   *
   * @return the graph that they make
   */
  public Graph fires(String before) {
    Graph graph = graph(before);
    Expect.that(!run(graph, new ArrayList<>()).isEmpty(), "no rule fired");
    Expect.equal(List.of(), Verifier.verify(graph), "the graph is valid");
    Expect.equal(Map.of(), run(graph, new ArrayList<>()), "a second run fires nothing");
    SameValues.check(graph(before), graph);
    return graph;
  }

  /** The rules leave {@code before} as it is, and one of them says why. */
  public void declines(String before, String reason) {
    Graph graph = graph(before);
    List<String> reasons = new ArrayList<>();
    run(graph, reasons);
    Expect.equal(Printer.print(graph(before)), Printer.print(graph), "the graph is kept");
    Expect.that(reasons.contains(reason), "expected '" + reason + "' among " + reasons);
  }

  private static Graph graph(String body) {
    return Parser.parse("graph @g" + body.strip());
  }

  private Map<String, Integer> run(Graph graph, List<String> reasons) {
    PassContext context = new PassContext(opset, new Diagnostics());
    context.explain((rule, root, reason) -> reasons.add(reason));
    return Rewriter.run(graph, rules, context);
  }
}
