// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Evaluator;

/**
 * Lowers single TensorFlow nodes written as IR text, for tests that read as node and result:
 *
 * <pre>
 *   LoweringTester mine = LoweringTester.of(new MyOps());
 *   assertEquals("f32[2]{0.0, 1.5}", mine.eval("f32", "tf.MyOp(?f32[2]{0.5, -2.0}) {alpha=0.5}"));
 * </pre>
 *
 * <p>A constant behind a question mark becomes an input of the graph; others are known while
 * lowering.
 */
public final class LoweringTester {
  private static final Pattern INPUT =
      Pattern.compile("\\?(([a-z0-9]+)\\[([0-9,]*)\\]\\{[^}]*\\})");

  private final LoweringTable table;
  private final int opset;
  private final LoweringOptions options;

  private LoweringTester(LoweringTable table, int opset, LoweringOptions options) {
    this.table = table;
    this.opset = opset;
    this.options = options;
  }

  /** The built-in lowerings, and those of the providers before them. */
  public static LoweringTester of(LoweringProvider... providers) {
    LoweringTable all = Lowerings.builtIn();
    for (LoweringProvider provider : providers) {
      LoweringTable own = new LoweringTable();
      provider.addTo(own);
      own.ops().forEach(op -> all.override(op, own.get(op).orElseThrow()));
    }
    return new LoweringTester(all, 17, LoweringOptions.DEFAULT);
  }

  /** The opset that lowerings are told of; 17 by default. */
  public LoweringTester opset(int wanted) {
    return new LoweringTester(table, wanted, options);
  }

  /** What the user decided; the defaults by default. */
  LoweringTester options(LoweringOptions wanted) {
    return new LoweringTester(table, opset, wanted);
  }

  /**
   * The values of all outputs as text.
   *
   * @param dtypes of the outputs, separated by blanks
   * @param node such as {@code tf.Neg(?f32[1]{2.0})}
   */
  public String eval(String dtypes, String node) {
    Lowered lowered = lower(dtypes, node);
    return Evaluator.evaluate(lowered.graph(), lowered.inputs()).values().stream()
        .map(TensorData::text)
        .collect(Collectors.joining(" "));
  }

  /** The names of the ONNX ops that the node becomes, in order. */
  public String ops(String dtypes, String node) {
    return lower(dtypes, node).graph().nodes().stream()
        .map(n -> n.op().substring("onnx.".length()))
        .collect(Collectors.joining(" "));
  }

  /** The whole graph after lowering a graph given as text. */
  public String print(String text) {
    Graph graph = Parser.parse(text);
    run(graph);
    return Printer.print(graph);
  }

  /** The message of the first error, with its code; fails when there is none. */
  public String refusal(String dtypes, String node) {
    try {
      lower(dtypes, node);
    } catch (DiagnosticException e) {
      return e.diagnostics().get(0).text();
    }
    throw new AssertionError(node + " is lowered, expected an error");
  }

  private record Lowered(Graph graph, Map<String, TensorData> inputs) {}

  private Lowered lower(String dtypes, String node) {
    Map<String, TensorData> inputs = new LinkedHashMap<>();
    List<String> params = new ArrayList<>();
    Matcher m = INPUT.matcher(node);
    StringBuilder text = new StringBuilder();
    while (m.find()) {
      String name = "p" + inputs.size();
      inputs.put(name, tensor(m.group(1)));
      params.add("%" + name + ": " + m.group(2) + "[" + m.group(3) + "]");
      m.appendReplacement(text, "%" + name);
    }
    m.appendTail(text);
    List<String> results = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    for (String dtype : dtypes.split(" ", -1)) {
      outputs.add("o" + results.size() + " = %" + results.size());
      results.add("%" + results.size() + ": " + dtype + "[*]");
    }
    String graph =
        "graph @t(%s) { %s = %s return %s }"
            .formatted(
                String.join(", ", params),
                String.join(", ", results),
                text,
                String.join(", ", outputs));
    Graph parsed = Parser.parse(graph);
    run(parsed);
    return new Lowered(parsed, inputs);
  }

  private void run(Graph graph) {
    new LowerTensorFlow(table, options).run(graph, new PassContext(opset, new Diagnostics()));
  }

  private static TensorData tensor(String text) {
    Graph g = Parser.parse("graph @c() { return o = " + text + " }");
    return g.outputs().get(0).constant().orElseThrow();
  }
}
