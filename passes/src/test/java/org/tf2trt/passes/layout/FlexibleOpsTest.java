// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.check.SchemaCheck;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.eval.Evaluator;
import org.tf2trt.passes.infer.Inference;

/** Each op in the other layout gives the transposed values. */
class FlexibleOpsTest {
  private static final String PARAMS =
      "%a: f32[2,3,4,5], %b: f32[2,3,4,5], %c: f32[1,3,1,5], %d: f32[5], %e: f32[4,5],"
          + " %s: f32[], %q: bool[2,3,4,5], %t: f32[2,3,5], %v: f32[2,3,4,3,5], %n: i64[1],"
          + " %u: f32[2,5], %i: i8[2,3,4,5]";
  private static final String[] RANK4 = {"f32[2,3,4,5]"};

  @Test
  void elementwise() {
    flips("onnx.Add(%a, %b)", RANK4);
    flips("onnx.Sub(%d, %a)", RANK4);
    flips("onnx.Mul(%a, %e)", RANK4);
    flips("onnx.Div(%s, %a)", RANK4);
    flips("onnx.Sub(%t, %a)", "f32[2,3,4,5]x", "%t: f32[3,4,5]");
    flips("onnx.Mul(%c, %a)", RANK4);
    flips("onnx.Add(%c, %e)", "f32[1,3,4,5]");
    flips("onnx.Add(%a, f32[5]{1, 2, 3, 4, 5})", RANK4);
    flips("onnx.Add(%a, f32[1,1,4,1]{1, 2, 3, 4})", RANK4);
    flips("onnx.Add(%a, f32[1]{1})", RANK4);
    flips("onnx.Add(%a, f32[1,1]{1})", RANK4);
    flips("onnx.Where(%q, %a, %d)", RANK4);
    flips("onnx.Clip(%a, _, f32[]{0.5})", RANK4);
    flips("onnx.PRelu(%a, f32[5]{1, 2, 3, 4, 5})", RANK4);
    flips("onnx.LeakyRelu(%a) {alpha=0.25}", RANK4);
    flips("onnx.Max(%a, %e, %b)", RANK4);
    flips("onnx.Cast(%a) {to=i32}", "i32[2,3,4,5]");
    flips("onnx.Mul(%v, %e)", "f32[2,3,4,3,5]x", "%e: f32[3,5]");
    flips("onnx.Add(%t, %d)", "f32[2,3,5]");
  }

  @Test
  void quantisation() {
    String scales = "f32[5]{0.1, 0.2, 0.3, 0.4, 0.5}";
    flips("onnx.QuantizeLinear(%a, f32[]{0.01}, i8[]{0})", "i8[2,3,4,5]");
    flips("onnx.QuantizeLinear(%a, " + scales + ", u8[5]{1, 2, 3, 4, 5}) {axis=3}", "u8[2,3,4,5]");
    flips("onnx.QuantizeLinear(%a, f32[3]{0.1, 0.2, 0.3})", "u8[2,3,4,5]");
    flips("onnx.DequantizeLinear(%i, f32[]{0.01})", RANK4);
    flips("onnx.DequantizeLinear(%i, " + scales + ") {axis=-1}", RANK4);
  }

  @Test
  void axisOps() {
    for (int axis = -4; axis < 4; axis++) {
      flips("onnx.Softmax(%a) {axis=" + axis + "}", RANK4);
      flips("onnx.LogSoftmax(%a) {axis=" + axis + "}", RANK4);
      long[] shape = {2, 3, 4, 5};
      int at = Math.floorMod(axis, 4);
      shape[at] *= 2;
      flips("onnx.Concat(%a, %b) {axis=" + axis + "}", type("f32", shape));
      shape[at] = 1;
      flips("onnx.ArgMax(%a) {axis=" + axis + "}", type("i64", shape));
      flips("onnx.ArgMin(%a) {axis=" + axis + ", keepdims=1}", type("i64", shape));
    }
    flips("onnx.Softmax(%a)", RANK4);
    flips("onnx.Softmax(%v) {axis=2}", "f32[2,3,4,3,5]");
    flips("onnx.Concat(%c, f32[1,3,1,1]{1, 2, 3}) {axis=3}", "f32[1,3,1,6]");
    flips("onnx.Split(%a, i64[2]{1, 3}) {axis=2}", "f32[2,3,1,5]", "f32[2,3,3,5]");
    flips("onnx.Split(%a) {axis=-2, num_outputs=2}", "f32[2,3,2,5]", "f32[2,3,2,5]");
    assertEquals(1, flips("onnx.ArgMax(%a) {axis=1, keepdims=0}", "i64[2,4,5]"));
    assertEquals(1, flips("onnx.ArgMin(%a) {axis=-1, keepdims=0}", "i64[2,3,4]"));
    bound("onnx.ArgMax(%a) {axis=2, keepdims=0}", "i64[2,3,5]");
  }

  @Test
  void reductions() {
    for (String op : List.of("ReduceMean", "ReduceSum", "ReduceMax", "ReduceL2")) {
      flips("onnx." + op + "(%a, i64[2]{1, 2}) {keepdims=1}", "f32[2,1,1,5]");
      flips("onnx." + op + "(%a, i64[1]{-1})", "f32[2,3,4,1]");
      flips("onnx." + op + "(%a, i64[2]{-3, 0}) {keepdims=1}", "f32[1,1,4,5]");
    }
    flips("onnx.ReduceMean(%v, i64[3]{3, 1, 2}) {keepdims=0}", "f32[2,5]");
    flips("onnx.ReduceMean(%a, i64[4]{0, 1, 2, 3}) {keepdims=0}", "f32[]");
    flips("onnx.ReduceMax(%a, i64[3]{1, 2, 3}) {keepdims=0}", "f32[2]");
    assertEquals(1, flips("onnx.ReduceMean(%a, i64[1]{1}) {keepdims=0}", "f32[2,4,5]"));
    assertEquals(1, flips("onnx.ReduceMean(%a, i64[1]{3}) {keepdims=0}", "f32[2,3,4]"));
    bound("onnx.ReduceMean(%a, i64[1]{2}) {keepdims=0}", "f32[2,3,5]");
    bound("onnx.ReduceMean(%a)", "f32[1,1,1,1]");
    bound("onnx.ReduceMean(%a, %n)", "f32[2,1,4,5]");
  }

  @Test
  void slicesAndPads() {
    flips("onnx.Slice(%a, i64[1]{1}, i64[1]{9}, i64[1]{-1})", "f32[2,3,4,4]");
    flips(
        "onnx.Slice(%a, i64[2]{-1, 0}, i64[2]{-9, 4}, i64[2]{1, 2}, i64[2]{-1, 2})",
        "f32[2,3,2,5]");
    flips("onnx.Slice(%v, i64[2]{1, 2}, i64[2]{2, 3}, i64[2]{2, 4})", "f32[2,3,1,3,1]");
    bound("onnx.Slice(%a, i64[4]{0, 0, 0, 0}, i64[4]{1, 1, 1, 1})", "f32[1,1,1,1]");
    flips("onnx.Pad(%a, i64[8]{0, 1, 0, 2, 0, 0, 3, 0}, f32[]{0.5})", "f32[2,4,7,7]");
    flips("onnx.Pad(%a, i64[8]{0, 1, 0, 2, 0, 0, 3, 0}, %s)", "f32[2,4,7,7]");
    flips("onnx.Pad(%a, i64[8]{0, 1, 0, 2, 0, 0, -3, 0})", "f32[2,4,1,7]");
    flips("onnx.Pad(%a, i64[8]{0, 1, 0, 0, 0, 0, 2, 0}) {mode=\"reflect\"}", "f32[2,4,6,5]");
    flips("onnx.Pad(%a, i64[8]{0, 1, 0, 0, 0, 0, 2, 0}, _) {mode=\"edge\"}", "f32[2,4,6,5]");
    bound("onnx.Pad(%a, i64[2]{1, 1}, _, i64[1]{2})", "f32[2,3,6,5]");
  }

  @Test
  void ranks() {
    flips("onnx.Squeeze(%a, i64[1]{2})", "f32[2,3,5]x", "%a: f32[2,3,1,5]");
    flips("onnx.Squeeze(%v, i64[2]{3, -3})", "f32[2,3,5]x", "%v: f32[2,3,1,1,5]");
    flips("onnx.Unsqueeze(%t, i64[1]{2})", "f32[2,3,1,5]");
    flips("onnx.Unsqueeze(%t, i64[2]{-2, 2})", "f32[2,3,1,1,5]");
    flips("onnx.Squeeze(%a, i64[2]{1, 2})", "f32[2,5]x", "%a: f32[2,1,1,5]");
    flips("onnx.Unsqueeze(%u, i64[2]{1, 2})", "f32[2,1,1,5]");
    bound("onnx.Squeeze(%a)", "f32[2,5]x", "%a: f32[2,1,1,5]");
    assertEquals(1, flips("onnx.Squeeze(%a, i64[1]{1})", "f32[2,3,5]x", "%a: f32[2,1,3,5]"));
    assertEquals(1, flips("onnx.Unsqueeze(%t, i64[1]{1})", "f32[2,1,3,5]"));
    bound("onnx.Unsqueeze(%t, i64[1]{0})", "f32[1,2,3,5]");
  }

  @Test
  void shapes() {
    flips("onnx.Shape(%a)", "i64[4]");
    flips("onnx.Shape(%a) {start=1, end=3}", "i64[2]");
    flips("onnx.Shape(%a) {start=-1}", "i64[1]");
    flips("onnx.Shape(%a) {start=3, end=1}", "i64[0]");
    flips("onnx.Shape(%v) {start=1, end=-1}", "i64[3]");
  }

  @Test
  void projections() {
    String w = "f32[5,2]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}";
    assertEquals(1, flips("onnx.MatMul(%a, " + w + ")", "f32[2,3,4,2]"));
    assertEquals(1, flips("onnx.MatMul(%v, " + w + ")", "f32[2,3,4,3,2]"));
    bound("onnx.MatMul(%t, " + w + ")", "f32[2,3,2]");
    bound("onnx.MatMul(%a, %u)", "f32[2,3,4,2]x", "%u: f32[5,2]");
  }

  @Test
  void nothingIsFlexibleWithoutARank() {
    bound("onnx.Relu(%a)", "f32[*]x", "%a: f32[*]");
    bound("onnx.Concat(%a, %b) {axis=0}", "f32[4,3,4,5]x", "%b: f32[*]");
    bound("onnx.Pad(%a, i64[8]{0, 1, 0, 2, 0, 0, 3, 0})", "f32[*]");
  }

  private static String type(String dtype, long[] shape) {
    return dtype + java.util.Arrays.toString(shape).replace(" ", "");
  }

  private static void bound(String node, String... types) {
    Node n = graph(node, types).first();
    Optional<FlexibleOp> op = FlexibleOps.get(n);
    for (Flip flip : Flip.values()) {
      assertTrue(op.isEmpty() || !op.get().allows(n, flip), node + " allows " + flip);
    }
  }

  /** Checks all directions the op allows; returns how many these are. */
  private static int flips(String node, String... types) {
    int directions = 0;
    for (Flip flip : Flip.values()) {
      Graph g = graph(node, types);
      FlexibleOp op = FlexibleOps.get(g.first()).orElseThrow(() -> new AssertionError(node));
      if (op.allows(g.first(), flip)) {
        check(g, op, flip, node);
        directions++;
      }
    }
    return directions;
  }

  /** A last type with an x is followed by parameters of other shapes. */
  private static Graph graph(String node, String... types) {
    String params = PARAMS;
    int results = types.length;
    if (types[0].endsWith("x")) {
      results = 1;
      String name = types[1].substring(0, 3);
      int from = params.indexOf(name);
      int to = params.indexOf(']', from) + 1;
      params = params.substring(0, from) + types[1] + params.substring(to);
    }
    StringBuilder text = new StringBuilder("graph @g(" + params + ") { ");
    for (int i = 0; i < results; i++) {
      text.append(i == 0 ? "" : ", ").append("%").append(i).append(": ");
      text.append(types[i].replace("x", ""));
    }
    return Parser.parse(text + " = " + node + " return }");
  }

  private static void check(Graph g, FlexibleOp op, Flip flip, String what) {
    Node n = g.first();
    OnnxBuilder build = new OnnxBuilder(g, null, n.provenance(), new Inference(), c -> {});
    List<Value> now = op.flip(n, flip, v -> flip.apply(v, build), build);
    boolean carries = op.carriers(n).orElseThrow().results();
    assertEquals(n.results().size(), now.size(), what);
    for (int i = 0; i < now.size(); i++) {
      g.addOutput("before" + i, n.result(i));
      g.addOutput("after" + i, carries ? flip.inverse().apply(now.get(i), build) : now.get(i));
    }
    assertEquals(List.of(), Verifier.verify(g), what);
    assertEquals(List.of(), SchemaCheck.verify(g), what);
    Map<String, TensorData> values = Evaluator.evaluate(g, inputs(g));
    for (int i = 0; i < now.size(); i++) {
      TensorData before = values.get("before" + i);
      TensorData after = values.get("after" + i);
      assertEquals(n.result(i).type(), before.type(), what);
      assertEquals(before.type(), after.type(), what);
      assertTrue(before.elements() > 0 || what.contains("start=3"), what);
      assertArrayEquals(before.doubles(), after.doubles(), 2e-5, what + " " + flip);
    }
  }

  private static Map<String, TensorData> inputs(Graph g) {
    Random random = new Random(3);
    Map<String, TensorData> inputs = new LinkedHashMap<>();
    for (Value.Param p : g.params()) {
      if (p.shape().isStatic()) {
        long[] shape = p.shape().sizes();
        long count = p.shape().elements().size();
        var b = Elements.allocate(p.dtype(), count);
        for (int i = 0; i < count; i++) {
          if (p.dtype() == DType.F32) {
            Elements.putDouble(p.dtype(), b, i, random.nextGaussian());
          } else {
            Elements.putLong(p.dtype(), b, i, random.nextInt(2));
          }
        }
        inputs.put(p.name(), TensorData.of(p.dtype(), shape, b));
      }
    }
    return inputs;
  }
}
