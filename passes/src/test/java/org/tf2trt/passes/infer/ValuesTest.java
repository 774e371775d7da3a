// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tf2trt.passes.infer.Inferred.values;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;

class ValuesTest {
  private static final String X = "%x: f32[N,H,W,3]";
  private static final String SHAPE = "%s: i64[4] = onnx.Shape(%x) ";

  private static void check(String nodes, String expected) {
    assertEquals(expected, values(X, SHAPE + nodes), nodes);
  }

  @Test
  void shapesAndPartsOfThem() {
    check("", "[N, H, W, 3]");
    check("%d: i64[1] = onnx.Shape(%x) {start=-1}", "[3]");
    check("%d: i64[] = onnx.Size(%x)", "[3*H*N*W]");
    check("%d: i64[2] = onnx.Slice(%s, i64[1]{1}, i64[1]{3})", "[H, W]");
    check(
        "%d: i64[4] = onnx.Slice(%s, i64[1]{-1}, i64[1]{-9}, i64[1]{0}, i64[1]{-1})",
        "[3, W, H, N]");
    check("%d: i64[] = onnx.Gather(%s, i64[]{-1})", "[3]");
    check("%d: i64[2] = onnx.Gather(%s, i64[2]{2, 0})", "[W, N]");
    check(
        "%a: i64[1], %b: i64[3] = onnx.Split(%s, i64[2]{1, 3}) %d: i64[3] = onnx.Identity(%b)",
        "[H, W, 3]");
  }

  @Test
  void arithmetic() {
    check("%d: i64[4] = onnx.Mul(%s, i64[]{2})", "[2*N, 2*H, 2*W, 6]");
    check(
        "%d: i64[4] = onnx.Div(%s, i64[]{2})", "[floordiv(N,2), floordiv(H,2), floordiv(W,2), 1]");
    check(
        "%d: i64[4] = onnx.Mod(%s, i64[]{2})",
        "[N-2*floordiv(N,2), H-2*floordiv(H,2), W-2*floordiv(W,2), 1]");
    check("%d: i64[4] = onnx.Sub(i64[]{2}, %s)", "[-N+2, -H+2, -W+2, -1]");
    check("%d: i64[1] = onnx.ReduceProd(%s)", "[3*H*N*W]");
    check("%d: i64[4] = onnx.Max(%s, i64[]{-1})", "[N, H, W, 3]");
    check("%c: i32[4] = onnx.Cast(%s) {to=6} %d: i64[4] = onnx.Cast(%c) {to=7}", "[N, H, W, 3]");
    assertEquals("[-3]", values("", "%y: i64[1] = onnx.Div(i64[1]{-7}, i64[]{2})"));
    assertEquals("[?]", values("", "%y: i8[1] = onnx.Cast(i64[1]{300}) {to=3}"));
  }

  @Test
  void choices() {
    check(
        "%c: bool[4] = onnx.Equal(%s, i64[]{-1}) %d: i64[4] = onnx.Where(%c, i64[]{7}, %s)",
        "[N, H, W, 3]");
    check(
        "%c: bool[4] = onnx.Greater(%s, i64[]{2}) %d: i64[4] = onnx.Where(%c, i64[]{7}, %s)",
        "[?, ?, ?, 7]");
  }

  @Test
  void moving() {
    check("%d: i64[5] = onnx.Concat(%s, i64[1]{-1}) {axis=0}", "[N, H, W, 3, -1]");
    check("%d: i64[4] = onnx.ScatterND(%s, i64[1,1]{3}, i64[1]{9})", "[N, H, W, 9]");
    check("%d: i64[2] = onnx.ConstantOfShape(i64[1]{2}) {value=i64[1]{5}}", "[5, 5]");
    check("%d: i64[3] = onnx.Range(i64[]{1}, i64[]{7}, i64[]{2})", "[1, 3, 5]");
    check("%d: i64[3] = onnx.Expand(i64[1]{4}, i64[1]{3})", "[4, 4, 4]");
    check("%d: i64[4] = onnx.Tile(i64[2]{4, 5}, i64[1]{2})", "[4, 5, 4, 5]");
    check("%d: i64[1,4] = onnx.Unsqueeze(%s, i64[1]{0})", "none");
  }

  private static final String PAIRS =
      "%p: i64[1,4] = onnx.Unsqueeze(%s, i64[1]{0})"
          + " %m: i64[2,4] = onnx.Concat(%p, i64[1,4]{5, 6, 7, 8}) {axis=0} ";

  @Test
  void matricesOnTheWayToVectors() {
    check(PAIRS + "%d: i64[8] = onnx.Reshape(%m, i64[1]{-1})", "[N, H, W, 3, 5, 6, 7, 8]");
    check(
        PAIRS
            + "%t: i64[4,2] = onnx.Transpose(%m) {perm=[1, 0]}"
            + " %d: i64[8] = onnx.Reshape(%t, i64[1]{-1})",
        "[N, 5, H, 6, W, 7, 3, 8]");
    check(
        "%c: i64[4,1] = onnx.Unsqueeze(%s, i64[1]{1})"
            + " %m: i64[4,2] = onnx.Concat(%c, i64[4,1]{5, 6, 7, 8}) {axis=1}"
            + " %d: i64[8] = onnx.Reshape(%m, i64[1]{-1})",
        "[N, 5, H, 6, W, 7, 3, 8]");
    check(
        "%c: i64[4,1] = onnx.Unsqueeze(%s, i64[1]{1})"
            + " %m: i64[5,2] = onnx.Pad(%c, i64[4]{1, 1, 0, 0})"
            + " %d: i64[10] = onnx.Reshape(%m, i64[1]{-1})",
        "[0, 0, 0, N, 0, H, 0, W, 0, 3]");
    check(
        PAIRS
            + "%e: i64[2,4] = onnx.Add(%m, i64[4]{1, 1, 1, 1})"
            + " %d: i64[8] = onnx.Reshape(%e, i64[1]{-1})",
        "[?, ?, ?, ?, ?, ?, ?, ?]");
    check(PAIRS + "%r: i64[4] = onnx.ReduceSum(%m, i64[1]{0}) {keepdims=0}", "[?, ?, ?, ?]");
    check(PAIRS + "%r: i64[4] = onnx.Gather(%m, i64[]{0})", "[?, ?, ?, ?]");
  }

  @Test
  void whatIsNotKnownHasALengthAtMost() {
    assertEquals("[?, ?]", values("%a: i64[2]", "%y: i64[2] = onnx.Neg(%a)"));
    assertEquals("none", values("%a: i64[?]", "%y: i64[?] = onnx.Neg(%a)"));
    assertEquals("none", values("%a: f32[2]", "%y: f32[2] = onnx.Neg(%a)"));
  }

  @Test
  void longChainsNeedNoStack() {
    Graph g = new Graph("g");
    Value v = g.addParam("x", TensorType.of(DType.I64, 1));
    for (int i = 0; i < 100_000; i++) {
      Provenance p = new Provenance.Synthetic("test");
      v = g.append(NodeSpec.of("onnx.Neg", List.of(v), Map.of(), List.of(v.type()), p)).result();
    }
    assertEquals("Optional[[?]]", new Inference().values(v).toString());
  }
}
