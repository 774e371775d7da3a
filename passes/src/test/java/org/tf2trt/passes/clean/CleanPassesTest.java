// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;

/** Passes that remove what is not needed. */
final class CleanPassesTest {
  @Test
  void foldsChainsOfConstants() {
    check(
        new FoldConstants(),
        """
        graph @g(%x: f32[2]) {
          %0: f32[2] = onnx.Neg(f32[2]{1.0, 4.0})
          %1: f32[2] = onnx.Abs(%0)
          %2: f32[2] = onnx.Add(%x, %1)
          return y = %2, c = %1
        }
        """,
        """
        graph @g(%x: f32[2]) {
          %0: f32[2] = onnx.Add(%x, f32[2]{1.0, 4.0})
          return y = %0, c = f32[2]{1.0, 4.0}
        }
        """);
  }

  @Test
  void whatHasNoElementsIsAConstant() {
    check(
        new FoldConstants(),
        """
        graph @g(%x: f32[0,2], %z: f32[2], %c: bool[]) {
          %0: f32[0,2] = onnx.If(%c) body @then() {
            %3: f32[0,2] = onnx.Add(%x, %z)
            return y = %3
          } body @else() {
            return y = %x
          }
          %1: f32[2] = onnx.ReduceSum(%0, i64[1]{0}) {keepdims=0}
          %2: f32[2] = onnx.Add(%1, %z)
          return y = %2, empty = %0
        }
        """,
        """
        graph @g(%x: f32[0,2], %z: f32[2], %c: bool[]) {
          %0: f32[2] = onnx.Add(f32[2]{0.0, 0.0}, %z)
          return y = %0, empty = f32[0,2]{}
        }
        """);
  }

  @Test
  void erasesWhatNoOutputNeeds() {
    check(
        new EliminateDeadCode(),
        """
        graph @g(%x: f32[2]) {
          %0: f32[2] = onnx.Neg(%x)
          %1: f32[2] = onnx.Abs(%0)
          %2: f32[2] = onnx.Exp(%x)
          return y = %2
        }
        """,
        """
        graph @g(%x: f32[2]) {
          %0: f32[2] = onnx.Exp(%x)
          return y = %0
        }
        """);
  }

  @Test
  void computesEqualExpressionsOnce() {
    check(
        new EliminateCommonSubexpressions(),
        """
        graph @g(%x: f32[2], %z: f32[2]) {
          %0: f32[2] = onnx.Add(%x, %z)
          %1: f32[2] = onnx.Add(%z, %x)
          %2: f32[2] = onnx.Sub(%x, %z)
          %3: f32[2] = onnx.Sub(%z, %x)
          %4: f32[2] = onnx.Mul(%0, f32[]{2.0})
          %5: f32[2] = onnx.Mul(%1, f32[]{2.0})
          return a = %2, b = %3, c = %4, d = %5
        }
        """,
        """
        graph @g(%x: f32[2], %z: f32[2]) {
          %0: f32[2] = onnx.Add(%x, %z)
          %1: f32[2] = onnx.Sub(%x, %z)
          %2: f32[2] = onnx.Sub(%z, %x)
          %3: f32[2] = onnx.Mul(%0, f32[]{2.0})
          return a = %1, b = %2, c = %3, d = %3
        }
        """);
  }

  @Test
  void keepsRandomOpsAndOtherAttributesApart() {
    String text =
        """
        graph @g(%x: f32[2]) {
          %0: f32[2] = onnx.RandomNormalLike(%x)
          %1: f32[2] = onnx.RandomNormalLike(%x)
          %2: f32[2] = onnx.Softmax(%x) {axis=0}
          %3: f32[2] = onnx.Softmax(%x) {axis=-1}
          return a = %0, b = %1, c = %2, d = %3
        }
        """;
    check(new EliminateCommonSubexpressions(), text, text);
  }

  @Test
  void bodiesSeeWhatWasComputedAroundThem() {
    check(
        new EliminateCommonSubexpressions(),
        """
        graph @g(%x: f32[2], %c: bool[]) {
          %0: f32[2] = onnx.Exp(%x)
          %1: f32[2] = onnx.If(%c) body @then() {
            %2: f32[2] = onnx.Exp(%x)
            %3: f32[2] = onnx.Neg(%2)
            return y = %3
          } body @else() {
            %4: f32[2] = onnx.Neg(%x)
            return y = %4
          }
          %5: f32[2] = onnx.Neg(%x)
          return a = %0, b = %1, c = %5
        }
        """,
        """
        graph @g(%x: f32[2], %c: bool[]) {
          %0: f32[2] = onnx.Exp(%x)
          %1: f32[2] = onnx.If(%c) body @then() {
            %2: f32[2] = onnx.Neg(%0)
            return y = %2
          } body @else() {
            %3: f32[2] = onnx.Neg(%x)
            return y = %3
          }
          %4: f32[2] = onnx.Neg(%x)
          return a = %0, b = %1, c = %4
        }
        """);
  }

  @Test
  void equalConstantsBecomeOne() {
    Graph g =
        Parser.parse(
            """
            graph @g(%x: f32[2]) {
              %0: f32[2] = onnx.Add(%x, f32[2]{1.0, 2.0})
              %1: f32[2] = onnx.Mul(%0, f32[2]{1.0, 2.0})
              return y = %1
            }
            """);
    new EliminateCommonSubexpressions().run(g, new PassContext(17, new Diagnostics()));
    assertEquals(g.nodes().get(0).input(1), g.nodes().get(1).input(1));
  }

  private static void check(Pass pass, String before, String after) {
    Graph g = Parser.parse(before);
    pass.run(g, new PassContext(17, new Diagnostics()));
    assertEquals(Printer.print(Parser.parse(after)), Printer.print(g));
    assertEquals(List.of(), Verifier.verify(g));
    pass.run(g, new PassContext(17, new Diagnostics()));
    assertEquals(Printer.print(Parser.parse(after)), Printer.print(g));
  }
}
