// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Evaluator;
import org.tf2trt.passes.rewrite.Rewriter;
import org.tf2trt.passes.rewrite.RuleTester;
import org.tf2trt.passes.trt.Legality;
import org.tf2trt.passes.trt.Target;

/** Each rule gives a form that both releases take, of the same values, or says why not. */
class FormsTest {
  /** Fires, and leaves a graph that both releases take. */
  static void takes(RuleTester rule, String before) {
    Graph graph = rule.fires(before);
    assertEquals(List.of(), Legality.of(graph, Target.TRT));
  }

  @Test
  void boolsArePaddedAndScatteredAsIntegers() {
    RuleTester rule = RuleTester.of(new BoolAsInt());
    rule.rewrites(
        """
        (%x: bool[N,4]) {
          %0: bool[N,7] = onnx.Pad(%x, i64[4]{0, 1, 0, 2}, bool[]{true})
          return y = %0
        }
        """,
        """
        (%x: bool[N,4]) {
          %0: i32[N,4] = onnx.Cast(%x) {to=i32}
          %1: i32[N,7] = onnx.Pad(%0, i64[4]{0, 1, 0, 2}, i32[]{1})
          %2: bool[N,7] = onnx.Cast(%1) {to=bool}
          return y = %2
        }
        """);
    takes(
        rule,
        """
        (%x: bool[4,3], %u: bool[2,3]) {
          %0: bool[4,3] = onnx.ScatterND(%x, i64[2,1]{3, 1}, %u)
          return y = %0
        }
        """);
    rule.declines(
        """
        (%x: f32[N,4]) {
          %0: f32[N,7] = onnx.Pad(%x, i64[4]{0, 1, 0, 2})
          return y = %0
        }
        """,
        "it is not of bool");
  }

  @Test
  void connectivesThatOneOperandDecidesAreComparisons() {
    RuleTester rule = RuleTester.of(new DecidedConnective());
    rule.rewrites(
        "(%x: bool[N,2]) { %0: bool[N,2] = onnx.And(%x, bool[]{false}) return y = %0 }",
        """
        (%x: bool[N,2]) {
          %0: i32[N,2] = onnx.Cast(%x) {to=i32}
          %1: bool[N,2] = onnx.Less(%0, i32[]{0})
          return y = %1
        }
        """);
    takes(rule, "(%x: bool[N,2]) { %0: bool[N,2] = onnx.Or(bool[]{true}, %x) return y = %0 }");
    takes(
        rule,
        "(%x: bool[N,1]) { %0: bool[N,2] = onnx.And(bool[2]{false, false}, %x) return y = %0 }");
    for (String op : List.of("And", "Or")) {
      rule.declines(
          """
          (%x: bool[N,2]) {
            %0: bool[N,2] = onnx.OP(%x, bool[2]{true, false})
            return y = %0
          }
          """
              .replace("OP", op),
          "neither operand decides it");
    }
  }

  @Test
  void oneHotIsAComparison() {
    RuleTester rule = RuleTester.of(new SpellOutOneHot());
    takes(
        rule,
        """
        (%x: i64[N,6]) {
          %0: i64[N,6] = onnx.Mod(%x, i64[]{9})
          %1: i64[N,6] = onnx.Sub(%0, i64[]{4})
          %2: f32[N,5,6] = onnx.OneHot(%1, i64[]{5}, f32[2]{0.5, 2.0}) {axis=1}
          return y = %2
        }
        """);
    takes(
        rule,
        """
        (%x: i32[6], %d: f32[5,2]) {
          %0: i64[1] = onnx.Shape(%d) {end=1}
          %1: i32[6,*] = onnx.OneHot(%x, %0, i32[2]{0, 1})
          return y = %1
        }
        """
            .replace("[6,*]", "[6,5]"));
    rule.declines(
        """
        (%x: i64[*]) {
          %0: f32[*] = onnx.OneHot(%x, i64[]{5}, f32[2]{0.0, 1.0})
          return y = %0
        }
        """,
        "the rank is not known");
  }

  @Test
  void scatterReductions() {
    RuleTester rule = RuleTester.of(new ScatterReduction());
    for (String reduction : List.of("add", "mul", "max", "min")) {
      takes(
          rule,
          """
          (%x: f32[4,3], %u: f32[3,3]) {
            %0: f32[4,3] = onnx.ScatterND(%x, i64[3,1]{2, 0, -2}, %u) {reduction="%s"}
            return y = %0
          }
          """
              .replace("%s", reduction));
    }
    takes(
        rule,
        """
        (%x: i32[4,3], %u: i32[3]) {
          %0: i32[4,3] = onnx.ScatterND(%x, i64[3,2]{2, 0, 1, 1, 2, 0}, %u) {reduction="add"}
          return y = %0
        }
        """);
    rule.declines(
        """
        (%x: f32[4,3], %u: f32[3,3]) {
          %0: f32[4,3] = onnx.ScatterND(%x, i64[3,1]{2, 0, 1}, %u)
          return y = %0
        }
        """,
        "it overwrites");
  }

  @Test
  void largeSumsOfUpdatesAreAMatrixProduct() {
    Graph graph =
        RuleTester.of(new ScatterReduction())
            .fires(
                """
                (%x: f32[128,256], %u: f32[256,256], %i: i64[256,1]) {
                  %0: i64[256,1] = onnx.Mod(%i, i64[]{100})
                  %1: f32[128,256] = onnx.ScatterND(%x, %0, %u) {reduction="add"}
                  return y = %1
                }
                """);
    assertEquals(1, graph.nodes().stream().filter(n -> n.is("onnx.MatMul")).count());
  }

  @Test
  void poolingGivesIndicesBySlices() {
    RuleTester rule = RuleTester.of(new MaxPoolBySlices());
    takes(
        rule,
        """
        (%x: f32[N,3,7,6]) {
          %0: f32[N,3,4,3], %1: i64[N,3,4,3] = onnx.MaxPool(%x) {kernel_shape=[3, 2], pads=[1, 0, 1, 0], strides=[2, 2]}
          return y = %0, i = %1
        }
        """);
    takes(
        rule,
        """
        (%x: f32[N,3,9]) {
          %0: f32[N,3,5] = onnx.MaxPool(%x) {dilations=[2], kernel_shape=[3]}
          return y = %0
        }
        """);
    rule.declines(
        """
        (%x: f32[N,3,8]) {
          %0: f32[N,3,4] = onnx.MaxPool(%x) {kernel_shape=[2], strides=[2]}
          return y = %0
        }
        """,
        "it has no indices and no dilations");
  }

  /** The evaluator has no Unique, so that the values are stated. */
  private static void distinct(String body, Map<String, long[]> expected, long... x) {
    Graph graph = Parser.parse("graph @g" + body.strip());
    PassContext context = new PassContext(17, new Diagnostics());
    assertEquals(
        Map.of("SpellOutUnique", 1), Rewriter.run(graph, List.of(new SpellOutUnique()), context));
    assertEquals(List.of(), Legality.of(graph, Target.TRT));
    assertEquals(Map.of(), Rewriter.run(graph, List.of(new SpellOutUnique()), context));
    long[] shape = graph.params().get(0).shape().sizes();
    var found = Evaluator.evaluate(graph, Map.of("x", TensorData.ofLongs(shape, x)));
    expected.forEach((name, values) -> assertArrayEquals(values, found.get(name).longs(), name));
  }

  @Test
  void distinctElementsByComparingAll() {
    String vector =
        """
        (%x: i64[6]) {
          %1: i64[?], %2: i64[?], %3: i64[6], %4: i64[?] = onnx.Unique(%x) {sorted=S}
          return y = %1, first = %2, inverse = %3, counts = %4
        }
        """;
    Map<String, long[]> seen =
        Map.of(
            "y", new long[] {5, 2, 9},
            "first", new long[] {0, 1, 4},
            "inverse", new long[] {0, 1, 1, 0, 2, 1},
            "counts", new long[] {2, 3, 1});
    distinct(vector.replace("S", "0"), seen, 5, 2, 2, 5, 9, 2);
    Map<String, long[]> sorted =
        Map.of(
            "y", new long[] {2, 5, 9},
            "first", new long[] {1, 0, 4},
            "inverse", new long[] {1, 0, 0, 1, 2, 0},
            "counts", new long[] {3, 2, 1});
    distinct(vector.replace("S", "1"), sorted, 5, 2, 2, 5, 9, 2);
    distinct(
        """
        (%x: i64[2,3]) {
          %1: i64[2,?], %2: i64[?], %3: i64[3] = onnx.Unique(%x) {axis=1, sorted=0}
          return y = %1, first = %2, inverse = %3
        }
        """,
        Map.of(
            "y", new long[] {4, 1, 7, 7},
            "first", new long[] {0, 2},
            "inverse", new long[] {0, 0, 1}),
        4,
        4,
        1,
        7,
        7,
        7);
    RuleTester.of(new SpellOutUnique())
        .declines(
            """
            (%x: i64[3,4]) {
              %0: i64[?] = onnx.Unique(%x)
              return y = %0
            }
            """,
            "it sorts slices, or flattens");
  }

  @Test
  void integersAreResizedByTheirPlaces() {
    RuleTester rule = RuleTester.of(new IntegerResize());
    takes(
        rule,
        """
        (%x: i32[N,3,4,6]) {
          %0: i32[N,3,7,3] = onnx.Resize(%x, _, _, i64[4]{2, 3, 7, 3}) {coordinate_transformation_mode="half_pixel", nearest_mode="round_prefer_ceil"}
          return y = %0
        }
        """
            .replace("N", "2"));
    rule.declines(
        """
        (%x: f32[2,3,4,6]) {
          %0: f32[2,3,7,3] = onnx.Resize(%x, _, _, i64[4]{2, 3, 7, 3})
          return y = %0
        }
        """,
        "it is not of integers");
  }

  @Test
  void computedSplitsAreSlices() {
    RuleTester rule = RuleTester.of(new RuntimeSplit());
    takes(
        rule,
        """
        (%x: f32[6,2], %s: i64[2]) {
          %0: i64[2] = onnx.Mod(%s, i64[2]{1, 1})
          %1: i64[2] = onnx.Add(%0, i64[2]{2, 4})
          %2: f32[?,2], %3: f32[?,2] = onnx.Split(%x, %1) {axis=0}
          return a = %2, b = %3
        }
        """);
    rule.declines(
        """
        (%x: f32[6,2]) {
          %0: f32[2,2], %1: f32[4,2] = onnx.Split(%x, i64[2]{2, 4}) {axis=0}
          return a = %0, b = %1
        }
        """,
        "its sizes are constant");
  }

  @Test
  void vectorsAreRaised() {
    RuleTester rule = RuleTester.of(new RaiseVector());
    takes(rule, "(%x: f32[N]) { %0: f32[N] = onnx.Softmax(%x) {axis=0} return y = %0 }");
    takes(rule, "(%x: f32[N]) { %0: i64[] = onnx.ArgMax(%x) {axis=0, keepdims=0} return y = %0 }");
    takes(rule, "(%x: i32[6]) { %0: i64[1] = onnx.ArgMin(%x) {axis=0} return y = %0 }");
    rule.declines(
        "(%x: f32[N,2]) { %0: f32[N,2] = onnx.Softmax(%x) {axis=1} return y = %0 }",
        "it is not of a vector");
  }

  @Test
  void integersAreRectifiedByMax() {
    RuleTester rule = RuleTester.of(new IntegerRelu());
    rule.rewrites(
        "(%x: i32[N]) { %0: i32[N] = onnx.Relu(%x) return y = %0 }",
        "(%x: i32[N]) { %0: i32[N] = onnx.Max(%x, i32[]{0}) return y = %0 }");
    rule.declines(
        "(%x: f32[N]) { %0: f32[N] = onnx.Relu(%x) return y = %0 }", "it is not of integers");
  }

  @Test
  void smallForms() {
    RuleTester.of(new SortTopK())
        .rewrites(
            """
            (%x: f32[N,6]) {
              %0: f32[N,2], %1: i64[N,2] = onnx.TopK(%x, i64[1]{2}) {sorted=0}
              return v = %0, i = %1
            }
            """,
            """
            (%x: f32[N,6]) {
              %0: f32[N,2], %1: i64[N,2] = onnx.TopK(%x, i64[1]{2})
              return v = %0, i = %1
            }
            """);
    RuleTester.of(new SortTopK())
        .declines(
            """
            (%x: f32[N,6]) {
              %0: f32[N,2], %1: i64[N,2] = onnx.TopK(%x, i64[1]{2})
              return v = %0, i = %1
            }
            """,
            "it sorts");
    RuleTester.of(new SqueezeAxes())
        .rewrites(
            "(%x: f32[N,1,4,1]) { %0: f32[N,4] = onnx.Squeeze(%x) return y = %0 }",
            "(%x: f32[N,1,4,1]) { %0: f32[N,4] = onnx.Squeeze(%x, i64[2]{1, 3}) return y = %0 }");
    RuleTester.of(new SqueezeAxes())
        .declines(
            "(%x: f32[N,1]) { %0: f32[N] = onnx.Squeeze(%x, i64[1]{1}) return y = %0 }",
            "it has axes");
    RuleTester.of(new FloatRange())
        .declines(
            "(%x: i64[]) { %0: i64[?] = onnx.Range(i64[]{0}, %x, i64[]{1}) return y = %0 }",
            "it is of integers");
    takes(
        RuleTester.of(new FloatRange()),
        """
        (%x: i32[]) {
          %0: i32[] = onnx.Mod(%x, i32[]{5})
          %1: f16[] = onnx.Cast(%0) {to=f16}
          %2: f16[?] = onnx.Range(f16[]{0.0}, %1, f16[]{0.25})
          return y = %2
        }
        """);
  }

  @Test
  void placesAlongTheFirstOfManyAxesAreAlongTheLast() {
    RuleTester rule = RuleTester.of(new ArgOfFirstAxis());
    rule.rewrites(
        "(%x: f32[N,2,3,4,5]) { %0: i64[2,3,4,5] = onnx.ArgMax(%x) {axis=-5, keepdims=0} return y = %0 }",
        """
        (%x: f32[N,2,3,4,5]) {
          %0: f32[2,3,4,5,N] = onnx.Transpose(%x) {perm=[1, 2, 3, 4, 0]}
          %1: i64[2,3,4,5] = onnx.ArgMax(%0) {axis=-1, keepdims=0}
          return y = %1
        }
        """);
    takes(
        rule,
        "(%x: f32[2,3,1,2,2]) { %0: i64[1,3,1,2,2] = onnx.ArgMin(%x) {axis=0, keepdims=1} return y = %0 }");
    rule.declines(
        "(%x: f32[N,2,3,4]) { %0: i64[2,3,4] = onnx.ArgMax(%x) {axis=0, keepdims=0} return y = %0 }",
        "it has four axes or fewer");
    rule.declines(
        "(%x: f32[N,2,3,4,5]) { %0: i64[N,3,4,5] = onnx.ArgMax(%x) {axis=1, keepdims=0} return y = %0 }",
        "it is along another axis than the first");
  }
}
