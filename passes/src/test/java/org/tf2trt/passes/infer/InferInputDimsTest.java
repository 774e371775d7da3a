// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.rewrite.PassTester;

/** Open dims of inputs for which only one number is right. */
class InferInputDimsTest {
  private static final PassTester TEST = PassTester.of(new InferInputDims());

  /** Only types change; a second run has nothing to do. */
  private static void settles(String before, String after) {
    Graph graph = Parser.parse("graph @g" + before.strip());
    new InferInputDims().run(graph, new PassContext(17, new Diagnostics()));
    assertEquals(Printer.print(Parser.parse("graph @g" + after.strip())), Printer.print(graph));
    TEST.keeps(after);
  }

  @Test
  void aConvolutionGivesTheChannels() {
    settles(
        """
        (%x: f32[N,H,W,C]) {
          %0: f32[N,C,H,W] = onnx.Transpose(%x) {perm=[0, 3, 1, 2]}
          %1: f32[N,C,H,W] = onnx.Mul(%0, f32[]{2.0})
          %2: f32[N,C,H+2,W] = onnx.Pad(%1, i64[8]{0, 0, 1, 0, 0, 0, 1, 0})
          %3: f32[N,4,H+2,W] = onnx.Conv(%2, f32[4,1,1,1]{1.0, 2.0, 3.0, 4.0}) {group=2}
          return y = %3
        }
        """,
        """
        (%x: f32[N,H,W,2]) {
          %0: f32[N,2,H,W] = onnx.Transpose(%x) {perm=[0, 3, 1, 2]}
          %1: f32[N,2,H,W] = onnx.Mul(%0, f32[]{2.0})
          %2: f32[N,2,H+2,W] = onnx.Pad(%1, i64[8]{0, 0, 1, 0, 0, 0, 1, 0})
          %3: f32[N,4,H+2,W] = onnx.Conv(%2, f32[4,1,1,1]{1.0, 2.0, 3.0, 4.0}) {group=2}
          return y = %3
        }
        """);
  }

  @Test
  void soDoesADeconvolution() {
    settles(
        """
        (%x: f32[1,?,3,3]) {
          %0: f32[1,1,3,3] = onnx.ConvTranspose(%x, f32[2,1,1,1]{1.0, 2.0})
          return y = %0
        }
        """,
        """
        (%x: f32[1,2,3,3]) {
          %0: f32[1,1,3,3] = onnx.ConvTranspose(%x, f32[2,1,1,1]{1.0, 2.0})
          return y = %0
        }
        """);
  }

  @Test
  void productsAndNormalisationsDoToo() {
    settles(
        """
        (%x: f32[N,A], %z: f32[2,?,3]) {
          %0: f32[N,2] = onnx.MatMul(%x, f32[3,2]{1.0, 2.0, 3.0, 4.0, 5.0, 6.0})
          %1: f32[2,?,3] = onnx.BatchNormalization(%z, f32[1]{1.0}, f32[1]{1.0}, f32[1]{1.0}, f32[1]{1.0})
          return y = %0, w = %1
        }
        """,
        """
        (%x: f32[N,3], %z: f32[2,1,3]) {
          %0: f32[N,2] = onnx.MatMul(%x, f32[3,2]{1.0, 2.0, 3.0, 4.0, 5.0, 6.0})
          %1: f32[2,1,3] = onnx.BatchNormalization(%z, f32[1]{1.0}, f32[1]{1.0}, f32[1]{1.0}, f32[1]{1.0})
          return y = %0, w = %1
        }
        """);
  }

  @Test
  void anotherOperandMayHaveTheExtent() {
    TEST.keeps(
        """
        (%x: f32[N,A], %y: f32[N,B]) {
          %0: f32[N,?] = onnx.Add(%x, %y)
          %1: f32[N,1] = onnx.MatMul(%0, f32[3,1]{1.0, 2.0, 3.0})
          return z = %1
        }
        """);
  }

  @Test
  void aSymbolOfTwoInputsStays() {
    TEST.keeps(
        """
        (%x: f32[batch,4], %y: f32[batch,2]) {
          %0: f32[1,4] = onnx.MatMul(f32[1,3]{1.0, 2.0, 3.0}, %x)
          return z = %0, w = %y
        }
        """);
  }

  @Test
  void whatMayNotRunAsksForNothing() {
    TEST.keeps(
        """
        (%c: bool[], %x: f32[N,A]) {
          %0: f32[N,A] = onnx.If(%c) body @then() {
              %9: f32[N,3] = onnx.MatMul(%x, f32[3,3]{1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0})
              return y = %9
            } body @else() {
              %8: f32[N,A] = onnx.Neg(%x)
              return y = %8
            }
          return y = %0
        }
        """);
  }
}
