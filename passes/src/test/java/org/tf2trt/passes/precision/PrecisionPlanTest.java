// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.text.Parser;

class PrecisionPlanTest {
  @Test
  void constantsBeyondTheRangeKeepTheirNode() {
    assertEquals("a constant is out of range", reason("onnx.Mul(%x, f32[1]{70000.0})"));
    assertEquals("a constant is out of range", reason("onnx.Add(%x, f32[1]{1e-9})"));
    assertEquals("", reason("onnx.Mul(%x, f32[1]{60000.0})"));
    assertEquals("", reason("onnx.Min(%x, f32[1]{inf})"));
    assertEquals("", reason("onnx.Add(%x, f32[1]{1e-6})"));
  }

  @Test
  void bfloat16HasTheRangeOfFloat32() {
    Graph g = graph("onnx.Mul(%x, f32[1]{70000.0})");
    PrecisionOptions bf16 = PrecisionOptions.of(Precision.BF16);
    assertEquals(Map.of(), PrecisionPlan.of(g, bf16, Ranges.NONE).kept());
  }

  /** TensorRT 10.6 builds neither of them in bfloat16. */
  @Test
  void bfloat16LeavesOutWhatTensorRtHasNoKernelsFor() {
    Graph g =
        Parser.parse(
            """
            graph @g(%x: f32[1,1,2,2]) {
              %0: f32[1,1,4,4] = onnx.ConvTranspose(%x, f32[1,1,2,2]{1.0, 2.0, 3.0, 4.0}) {strides = [2, 2]}
              %1: f32[1,1,8,8] = onnx.Resize(%0, _, f32[4]{1.0, 1.0, 2.0, 2.0}) {mode = "linear"}
              %2: f32[1,1,8,8] = onnx.Relu(%1)
              return y = %2
            }
            """);
    assertEquals(
        List.of("onnx.Relu"),
        ops(PrecisionPlan.of(g, PrecisionOptions.of(Precision.BF16), Ranges.NONE)));
    assertEquals(
        List.of("onnx.ConvTranspose", "onnx.Resize", "onnx.Relu"),
        ops(PrecisionPlan.of(g, PrecisionOptions.of(Precision.FP16), Ranges.NONE)));
  }

  private static List<String> ops(PrecisionPlan plan) {
    return plan.candidates().stream().map(Node::op).toList();
  }

  @Test
  void measuredValuesNearTheEndOfTheRangeKeepBothSides() {
    Graph g =
        Parser.parse(
            """
            graph @g(%x: f32[4,4]) {
              %0: f32[4,4] = onnx.Add(%x, %x)
              %1: f32[4,4] = onnx.Mul(%0, %0)
              %2: f32[4,4] = onnx.Relu(%1)
              %3: f32[4,4] = onnx.Sigmoid(%2)
              return y = %3
            }
            """);
    List<Node> nodes = g.nodes();
    Ranges ranges =
        new Ranges(
            Map.of(
                nodes.get(0).result(),
                100.0,
                nodes.get(1).result(),
                30000.0,
                nodes.get(2).result(),
                10000.0));
    PrecisionPlan plan = PrecisionPlan.of(g, PrecisionOptions.of(Precision.FP16), ranges);
    assertEquals(List.of(nodes.get(1), nodes.get(2)), List.copyOf(plan.kept().keySet()));
  }

  @Test
  void longSumsAndSensitiveOpsStay() {
    assertEquals("long sum", reason("onnx.ReduceSum(%x) {keepdims=1}"));
    assertEquals("", reason("onnx.ReduceSum(%x, i64[1]{1}) {keepdims=1}"));
    assertEquals("numerically sensitive op", reason("onnx.Exp(%x)"));
  }

  @Test
  void whatBecomesAnIntegerIsExact() {
    Graph g =
        Parser.parse(
            """
            graph @g(%x: f32[4,4]) {
              %0: f32[4,4] = onnx.MatMul(%x, %x)
              %1: f32[4,4] = onnx.Mul(%0, f32[1]{100.0})
              %2: f32[4,4] = onnx.Floor(%1)
              %3: i32[4,4] = onnx.Cast(%2) {to=i32}
              return y = %3
            }
            """);
    PrecisionPlan plan = PrecisionPlan.of(g, PrecisionOptions.of(Precision.FP16), Ranges.NONE);
    List<Node> nodes = g.nodes();
    assertEquals(Set.copyOf(nodes.subList(1, 4)), plan.kept().keySet());
  }

  @Test
  void opsWithoutALowFormAreNoCandidates() {
    assertEquals("", candidates("onnx.RandomNormalLike(%x)", Precision.FP16));
    assertEquals("onnx.GridSample", candidates("onnx.GridSample(%x, %x)", Precision.FP16));
    assertEquals("", candidates("onnx.GridSample(%x, %x)", Precision.BF16));
    assertEquals("onnx.Conv", candidates("onnx.Conv(%x, %x)", Precision.BF16));
    assertEquals("onnx.HardSwish", candidates("onnx.HardSwish(%x)", Precision.FP16));
    assertEquals("", candidates("onnx.HardSwish(%x)", Precision.BF16));
    for (Precision low : List.of(Precision.FP16, Precision.BF16)) {
      assertEquals("", candidates("onnx.LSTM(%x, %x, %x) {hidden_size = 4}", low));
      assertEquals("", candidates("onnx.GRU(%x, %x, %x) {hidden_size = 4}", low));
    }
  }

  private static String candidates(String node, Precision low) {
    Graph g = graph(node);
    PrecisionPlan plan = PrecisionPlan.of(g, PrecisionOptions.of(low), Ranges.NONE);
    return plan.candidates().contains(g.first()) ? g.first().op() : "";
  }

  private static String reason(String node) {
    Graph g = graph(node);
    PrecisionPlan plan = PrecisionPlan.of(g, PrecisionOptions.of(Precision.FP16), Ranges.NONE);
    return plan.kept().getOrDefault(g.first(), "");
  }

  private static Graph graph(String node) {
    return Parser.parse(
        """
        graph @g(%x: f32[64,64]) {
          %0: f32[RESULT] = NODE
          return y = %0
        }
        """
            .replace(
                "RESULT",
                node.contains("ReduceSum") ? node.contains("i64") ? "64,1" : "1,1" : "64,64")
            .replace("NODE", node));
  }
}
