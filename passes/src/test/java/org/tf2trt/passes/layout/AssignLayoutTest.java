// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.Pipelines;
import org.tf2trt.passes.eval.Evaluator;

class AssignLayoutTest {
  private static final String W = "f32[4,3,1,1]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}";
  private static final String W2 =
      "f32[4,4,1,1]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}";

  @Test
  void elementwiseBetweenConvolutionsGoesChannelsFirst() {
    check(
        """
        graph @g(%x: f32[2,5,6,3]) {
          %0: f32[2,3,5,6] = onnx.Transpose(%x) {perm=[0, 3, 1, 2]}
          %1: f32[2,4,5,6] = onnx.Conv(%0, W1)
          %2: f32[2,5,6,4] = onnx.Transpose(%1) {perm=[0, 2, 3, 1]}
          %3: f32[2,5,6,4] = onnx.Add(%2, f32[4]{1.0, -2.0, 3.0, -4.0})
          %4: f32[2,5,6,4] = onnx.Relu(%3)
          %5: f32[2,4,5,6] = onnx.Transpose(%4) {perm=[0, 3, 1, 2]}
          %6: f32[2,4,5,6] = onnx.Conv(%5, W2)
          %7: f32[2,5,6,4] = onnx.Transpose(%6) {perm=[0, 2, 3, 1]}
          return y = %7
        }
        """,
        2);
  }

  /**
   * TensorRT 10.6 computes a softmax over few channels up to 50 times slower when they are the
   * innermost dim (docs/gpu.md), so that the transpose to the output stands behind it.
   */
  @Test
  void softmaxOverChannelsGoesChannelsFirst() {
    Graph g =
        check(
            """
            graph @g(%x: f32[2,3,5,6]) {
              %0: f32[2,4,5,6] = onnx.Conv(%x, W1)
              %1: f32[2,5,6,4] = onnx.Transpose(%0) {perm=[0, 2, 3, 1]}
              %2: f32[2,5,6,4] = onnx.Add(%1, f32[4]{1.0, -2.0, 3.0, -4.0})
              %3: f32[2,5,6,4] = onnx.Softmax(%2) {axis=-1}
              return y = %3
            }
            """,
            1);
    assertEquals("onnx.Transpose", g.outputs().get(0).producer().orElseThrow().op());
  }

  /** A body is assigned by itself; what it reads from outside stays as it is. */
  @Test
  void bodiesAreAssignedToo() {
    Graph g =
        check(
            """
            graph @g(%x: f32[2,5,6,3]) {
              %0: f32[2,2,5,6,4] = onnx.Loop(i64[]{2}, _)
              body @b(%i "i": i64[], %c "c": bool[]) {
                %1: f32[2,3,5,6] = onnx.Transpose(%x) {perm=[0, 3, 1, 2]}
                %2: f32[2,4,5,6] = onnx.Conv(%1, W1)
                %3: f32[2,5,6,4] = onnx.Transpose(%2) {perm=[0, 2, 3, 1]}
                %4: f32[2,5,6,4] = onnx.Add(%3, f32[4]{1.0, -2.0, 3.0, -4.0})
                %5: f32[2,4,5,6] = onnx.Transpose(%4) {perm=[0, 3, 1, 2]}
                %6: f32[2,4,5,6] = onnx.Conv(%5, W2)
                %7: f32[2,5,6,4] = onnx.Transpose(%6) {perm=[0, 2, 3, 1]}
                return go = bool[]{true}, y = %7
              }
              return y = %0
            }
            """,
            0);
    assertEquals(2, transposes(g.first().bodies().get(0)));
  }

  @Test
  void whatHasNoRankStaysAsItIs() {
    Graph graph =
        Parser.parse(
            """
            graph @g(%x: f32[*], %y: f32[2,5,6,3]) {
              %0: f32[*] = onnx.MatMul(%x, %x)
              %1: f32[?,?,?,?] = onnx.Transpose(%0) {perm=[0, 2, 3, 1]}
              %2: f32[*] = onnx.Add(%x, %y)
              return y = %1, z = %2
            }
            """);
    new AssignLayout(false).run(graph, new PassContext(17, new Diagnostics()));
    assertEquals(3, graph.nodes().size());
  }

  @Test
  void residualConcatPadSliceReduceAndSqueezeFollow() {
    check(
        """
        graph @g(%x: f32[2,5,6,3]) {
          %0: f32[2,3,5,6] = onnx.Transpose(%x) {perm=[0, 3, 1, 2]}
          %1: f32[2,4,5,6] = onnx.Conv(%0, W1)
          %2: f32[2,5,6,4] = onnx.Transpose(%1) {perm=[0, 2, 3, 1]}
          %3: f32[2,5,6,8] = onnx.Concat(%2, %2) {axis=-1}
          %4: f32[2,6,6,8] = onnx.Pad(%3, i64[8]{0, 0, 0, 0, 0, 1, 0, 0}, f32[]{0.5})
          %5: f32[2,6,6,4] = onnx.Slice(%4, i64[1]{2}, i64[1]{6}, i64[1]{3}, i64[1]{1})
          %6: f32[2,1,1,4] = onnx.ReduceMean(%5, i64[2]{1, 2}) {keepdims=1}
          %7: f32[2,6,6,4] = onnx.Mul(%5, %6)
          %8: f32[2,4,6,6] = onnx.Transpose(%7) {perm=[0, 3, 1, 2]}
          %9: f32[2,4,6,6] = onnx.Conv(%8, W2)
          %10: f32[2,6,6,4] = onnx.Transpose(%9) {perm=[0, 2, 3, 1]}
          %11: f32[2,6,6,4] = onnx.Softmax(%10) {axis=-1}
          %12: f32[2,4] = onnx.ReduceMax(%11, i64[2]{1, 2}) {keepdims=0}
          return y = %12
        }
        """,
        1);
  }

  @Test
  void projectionOfChannelsBecomesAConvolution() {
    Graph g =
        check(
            """
            graph @g(%x: f32[2,5,6,3]) {
              %0: f32[2,3,5,6] = onnx.Transpose(%x) {perm=[0, 3, 1, 2]}
              %1: f32[2,4,5,6] = onnx.Conv(%0, W1)
              %2: f32[2,5,6,4] = onnx.Transpose(%1) {perm=[0, 2, 3, 1]}
              %3: f32[2,5,6,2] = onnx.MatMul(%2, f32[4,2]{1, 2, 3, 4, 5, 6, 7, 8})
              %4: f32[2,2,5,6] = onnx.Transpose(%3) {perm=[0, 3, 1, 2]}
              %5: f32[2,2,5,6] = onnx.MaxPool(%4) {kernel_shape=[1, 1]}
              return y = %5
            }
            """,
            1);
    assertEquals(2, g.nodes().stream().filter(n -> n.is("onnx.Conv")).count());
  }

  private static final String NORM_AND_DENSE =
      """
      graph @g(%x: f32[2,3,5,6]) {
        %0: f32[2,4,5,6] = onnx.Conv(%x, W1)
        %1: f32[2,5,6,4] = onnx.Transpose(%0) {perm=[0, 2, 3, 1]}
        %2: f32[2,5,6,4] = onnx.LayerNormalization(%1, f32[4]{1, 2, 3, 4}) {axis=-1}
        %3: f32[2,5,6,4] = onnx.MatMul(%2, f32[4,4]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
        %4: f32[2,5,6,4] = onnx.Relu(%3)
        %5: f32[2,4,5,6] = onnx.Transpose(%4) {perm=[0, 3, 1, 2]}
        %6: f32[2,4,5,6] = onnx.Conv(%5, W2)
        return y = %6
      }
      """;

  /** Two transposes either way: around the normalisation, or around it and the dense layer. */
  @Test
  void denseLayersGoChannelsFirstUnlessToldOtherwise() {
    Graph first = check(NORM_AND_DENSE, 2);
    assertEquals(0, first.nodes().stream().filter(n -> n.is("onnx.MatMul")).count());
    Graph last = check(NORM_AND_DENSE, 2, new AssignLayout(false, true));
    assertEquals(1, last.nodes().stream().filter(n -> n.is("onnx.MatMul")).count());
  }

  /** A further transpose is too high a price for a dense layer that is channels last. */
  @Test
  void denseLayersThatCostATransposeBecomeConvolutionsAllTheSame() {
    check(
        """
        graph @g(%x: f32[2,3,5,6]) {
          %0: f32[2,4,5,6] = onnx.Conv(%x, W1)
          %1: f32[2,5,6,4] = onnx.Transpose(%0) {perm=[0, 2, 3, 1]}
          %2: f32[2,5,6,4] = onnx.MatMul(%1, f32[4,4]{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
          %3: f32[2,4,5,6] = onnx.Transpose(%2) {perm=[0, 3, 1, 2]}
          %4: f32[2,4,5,6] = onnx.Conv(%3, W2)
          return y = %4
        }
        """,
        0, new AssignLayout(false, true));
  }

  /** For TensorRT: as torchvision writes such blocks, which its kernels are made for. */
  @Test
  void aNormalisationOfChannelsStaysOneOpWhenItIsFoundBefore() {
    Graph g =
        parse(
            """
            graph @g(%x: f32[2,3,5,6]) {
              %0: f32[2,4,5,6] = onnx.Conv(%x, W1)
              %1: f32[2,5,6,4] = onnx.Transpose(%0) {perm=[0, 2, 3, 1]}
              %2: f32[2,5,6,1] = onnx.ReduceMean(%1, i64[1]{3}) {keepdims=1}
              %3: f32[2,5,6,4] = onnx.Sub(%1, %2)
              %4: f32[2,5,6,4] = onnx.Mul(%3, %3)
              %5: f32[2,5,6,1] = onnx.ReduceMean(%4, i64[1]{3}) {keepdims=1}
              %6: f32[2,5,6,1] = onnx.Add(%5, f32[1]{1e-3})
              %7: f32[2,5,6,1] = onnx.Sqrt(%6)
              %8: f32[2,5,6,4] = onnx.Div(%3, %7)
              %9: f32[2,4,5,6] = onnx.Transpose(%8) {perm=[0, 3, 1, 2]}
              %10: f32[2,4,5,6] = onnx.Conv(%9, W2)
              return y = %10
            }
            """);
    TensorData x = random(2, 3, 5, 6);
    float[] expected = Evaluator.evaluate(g, Map.of("x", x)).get("y").floats();
    PassContext context = new PassContext(17, new Diagnostics());
    Pipelines.layerNorms().forEach(p -> p.run(g, context));
    new AssignLayout(false, true).run(g, context);
    assertEquals(1, g.nodes().stream().filter(n -> n.is("onnx.LayerNormalization")).count());
    assertEquals(2, transposes(g));
    assertArrayEquals(
        expected, Evaluator.evaluate(g, Map.of("x", x)).get("y").floats(), 1e-3f, "values");
  }

  @Test
  void oneTransposeServesAllReaders() {
    check(
        """
        graph @g(%x: f32[2,5,6,3]) {
          %0: f32[2,3,5,6] = onnx.Transpose(%x) {perm=[0, 3, 1, 2]}
          %1: f32[2,4,5,6] = onnx.Conv(%0, W1)
          %2: f32[2,5,6,4] = onnx.Transpose(%1) {perm=[0, 2, 3, 1]}
          %3: f32[2,5,6,4] = onnx.Relu(%2)
          %4: f32[2,120] = onnx.Reshape(%3, i64[2]{2, 120})
          %5: f32[60,4] = onnx.Reshape(%3, i64[2]{60, 4})
          return y = %4, z = %5
        }
        """,
        2);
  }

  @Test
  void aGraphWithoutLayoutsIsLeftAlone() {
    String text =
        """
        graph @g(%x: f32[2,5,6,3]) {
          %0: f32[2,6,5,3] = onnx.Transpose(%x) {perm=[0, 2, 1, 3]}
          %1: f32[2,6,5,3] = onnx.Relu(%0)
          return y = %1
        }
        """;
    Graph g = Parser.parse(text);
    new AssignLayout(false).run(g, new PassContext(17, new Diagnostics()));
    assertEquals(text, org.tf2trt.ir.text.Printer.print(g));
  }

  @Test
  void interfaceChannelsFirstLeavesNoTranspose() {
    Graph g =
        parse(
            """
            graph @g(%x: f32[2,5,6,3]) {
              %0: f32[2,3,5,6] = onnx.Transpose(%x) {perm=[0, 3, 1, 2]}
              %1: f32[2,4,5,6] = onnx.Conv(%0, W1)
              %2: f32[2,5,6,4] = onnx.Transpose(%1) {perm=[0, 2, 3, 1]}
              %3: f32[2,5,6,4] = onnx.Relu(%2)
              return y = %3
            }
            """);
    new AssignLayout(true).run(g, new PassContext(17, new Diagnostics()));
    assertEquals("f32[2,3,5,6]", g.params().get(0).type().toString());
    assertEquals("f32[2,4,5,6]", g.outputs().get(0).type().toString());
    assertEquals(0, transposes(g));
  }

  private static Graph parse(String text) {
    return Parser.parse(text.replace("W1", W).replace("W2", W2));
  }

  /** Runs the pass, counts transposes, compares values, and runs it again expecting no change. */
  private static Graph check(String text, int transposesLeft) {
    return check(text, transposesLeft, new AssignLayout(false));
  }

  private static Graph check(String text, int transposesLeft, AssignLayout pass) {
    Graph before = parse(text);
    Graph g = parse(text);
    pass.run(g, new PassContext(17, new Diagnostics()));
    assertTrue(Verifier.verify(g).isEmpty(), () -> Verifier.verify(g).toString());
    assertEquals(transposesLeft, transposes(g), () -> org.tf2trt.ir.text.Printer.print(g));
    Map<String, TensorData> inputs = new LinkedHashMap<>();
    for (Value.Param p : before.params()) {
      inputs.put(p.name(), random(p.shape().sizes()));
    }
    Map<String, TensorData> expected = Evaluator.evaluate(before, inputs);
    Map<String, TensorData> actual = Evaluator.evaluate(g, inputs);
    expected.forEach(
        (name, value) -> assertArrayEquals(value.floats(), actual.get(name).floats(), 1e-3f, name));
    String once = org.tf2trt.ir.text.Printer.print(g);
    pass.run(g, new PassContext(17, new Diagnostics()));
    assertEquals(once, org.tf2trt.ir.text.Printer.print(g));
    return g;
  }

  private static long transposes(Graph g) {
    return g.nodes().stream().filter((Node n) -> n.is("onnx.Transpose")).count();
  }

  private static TensorData random(long... shape) {
    long count = 1;
    for (long d : shape) {
      count *= d;
    }
    ByteBuffer b = Elements.allocate(org.tf2trt.ir.DType.F32, count);
    Random random = new Random(7);
    for (int i = 0; i < count; i++) {
      b.putFloat(4 * i, (float) random.nextGaussian());
    }
    return TensorData.of(org.tf2trt.ir.DType.F32, shape, b);
  }
}
