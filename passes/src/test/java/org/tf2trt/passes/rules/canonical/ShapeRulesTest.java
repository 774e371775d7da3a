// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** Reshapes and other ops that move or select elements. */
final class ShapeRulesTest {
  @Test
  void reshapeToSameIsDropped() {
    RuleTester.of(new DropReshapeToSame())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Reshape(%x, i64[2]{-1, 4})
              return y = %0
            }
            """,
            """
            (%x: f32[N,4]) {
              return y = %x
            }
            """);
  }

  @Test
  void twoOpenDimsMayDiffer() {
    RuleTester.of(new DropReshapeToSame())
        .declines(
            """
            (%x: f32[N,H,4]) {
              %0: f32[?,?,4] = onnx.Reshape(%x, i64[3]{6, -1, 4})
              return y = %0
            }
            """,
            "the shape may change");
  }

  @Test
  void reshapesMerge() {
    RuleTester.of(new MergeReshapes())
        .rewrites(
            """
            (%x: f32[N,2,6]) {
              %0: f32[N,12] = onnx.Reshape(%x, i64[2]{-1, 12})
              %1: f32[N,3,4] = onnx.Reshape(%0, i64[3]{0, 3, 4})
              return y = %1
            }
            """,
            """
            (%x: f32[N,2,6]) {
              %0: f32[N,3,4] = onnx.Reshape(%x, i64[3]{-1, 3, 4})
              return y = %0
            }
            """);
  }

  @Test
  void squeezeAndUnsqueezeMerge() {
    RuleTester.of(new MergeReshapes())
        .rewrites(
            """
            (%x: f32[N,1,6]) {
              %0: f32[N,6] = onnx.Squeeze(%x, i64[1]{1})
              %1: f32[N,6,1] = onnx.Unsqueeze(%0, i64[1]{2})
              return y = %1
            }
            """,
            """
            (%x: f32[N,1,6]) {
              %0: f32[N,6,1] = onnx.Reshape(%x, i64[3]{-1, 6, 1})
              return y = %0
            }
            """);
  }

  @Test
  void copiedDimsThatMoveStay() {
    RuleTester.of(new MergeReshapes())
        .declines(
            """
            (%x: f32[H,W,6]) {
              %0: f32[W,H,6] = onnx.Reshape(%x, i64[3]{6, 4, 6})
              %1: f32[W,H,2,3] = onnx.Reshape(%0, i64[4]{0, 0, 2, 3})
              return y = %1
            }
            """,
            "the target cannot be stated for the first input");
  }

  @Test
  void computedTargetBecomesConstant() {
    RuleTester.of(new ConstantReshapeTarget())
        .rewrites(
            """
            (%x: f32[N,2,6]) {
              %0: i64[1] = onnx.Shape(%x) {start=0, end=1}
              %1: i64[2] = onnx.Concat(%0, i64[1]{12}) {axis=0}
              %2: f32[N,12] = onnx.Reshape(%x, %1)
              return y = %2
            }
            """,
            """
            (%x: f32[N,2,6]) {
              %0: f32[N,12] = onnx.Reshape(%x, i64[2]{-1, 12})
              return y = %0
            }
            """);
  }

  @Test
  void targetWithTwoUnknownsStays() {
    RuleTester.of(new ConstantReshapeTarget())
        .declines(
            """
            (%x: f32[N,H,6], %t: i64[2]) {
              %0: f32[?,?] = onnx.Reshape(%x, %t)
              return y = %0
            }
            """,
            "more than one extent is not known");
  }

  @Test
  void expandBeforeAddIsDropped() {
    RuleTester.of(new DropExpandBeforeBroadcast())
        .rewrites(
            """
            (%x: f32[4], %z: f32[N,4]) {
              %0: i64[2] = onnx.Shape(%z)
              %1: f32[N,4] = onnx.Expand(%x, %0)
              %2: f32[N,4] = onnx.Sub(%1, %z)
              return y = %2
            }
            """,
            """
            (%x: f32[4], %z: f32[N,4]) {
              %0: f32[N,4] = onnx.Sub(%x, %z)
              return y = %0
            }
            """);
  }

  @Test
  void expandThatMakesTheShapeStays() {
    RuleTester.of(new DropExpandBeforeBroadcast())
        .declines(
            """
            (%x: f32[1,4], %z: f32[4]) {
              %0: f32[2,4] = onnx.Expand(%x, i64[2]{2, 4})
              %1: f32[2,4] = onnx.Sub(%0, %z)
              return y = %1
            }
            """,
            "no operand is an Expand that broadcasting replaces");
  }

  @Test
  void oneRepeatIsNothing() {
    RuleTester.of(new DropTileByOne())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Tile(%x, i64[2]{1, 1})
              return y = %0
            }
            """,
            """
            (%x: f32[N,4]) {
              return y = %x
            }
            """);
  }

  @Test
  void twoRepeatsStay() {
    RuleTester.of(new DropTileByOne())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N,8] = onnx.Tile(%x, i64[2]{1, 2})
              return y = %0
            }
            """,
            "the repeats are not all 1");
  }

  @Test
  void fullSliceIsDropped() {
    RuleTester.of(new DropFullSlice())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Slice(%x, i64[1]{0}, i64[1]{99}, i64[1]{1}, i64[1]{1})
              return y = %0
            }
            """,
            """
            (%x: f32[N,4]) {
              return y = %x
            }
            """);
  }

  @Test
  void reversalStays() {
    RuleTester.of(new DropFullSlice())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Slice(%x, i64[1]{-1}, i64[1]{-99}, i64[1]{1}, i64[1]{-1})
              return y = %0
            }
            """,
            "its steps are not all 1");
  }

  @Test
  void shorterSliceStays() {
    RuleTester.of(new DropFullSlice())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N,3] = onnx.Slice(%x, i64[1]{1}, i64[1]{99}, i64[1]{1})
              return y = %0
            }
            """,
            "the shape may change");
  }

  @Test
  void onePartIsTheWhole() {
    RuleTester.of(new DropConcatOfOne())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Concat(%x) {axis=1}
              return y = %0
            }
            """,
            """
            (%x: f32[N,4]) {
              return y = %x
            }
            """);
  }

  @Test
  void twoPartsStay() {
    RuleTester.of(new DropConcatOfOne())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N,8] = onnx.Concat(%x, %x) {axis=1}
              return y = %0
            }
            """,
            "it has several inputs");
  }

  @Test
  void emptyPartsAreDropped() {
    RuleTester.of(new DropEmptyConcatInputs())
        .rewrites(
            """
            (%x: f32[N,4], %e: f32[N,0]) {
              %0: f32[N,8] = onnx.Concat(%x, %e, %x) {axis=-1}
              return y = %0
            }
            """,
            """
            (%x: f32[N,4], %e: f32[N,0]) {
              %0: f32[N,8] = onnx.Concat(%x, %x) {axis=-1}
              return y = %0
            }
            """);
  }

  @Test
  void fullPartsStay() {
    RuleTester.of(new DropEmptyConcatInputs())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N,8] = onnx.Concat(%x, %x) {axis=1}
              return y = %0
            }
            """,
            "no input, or every one, is certainly empty");
  }

  @Test
  void nestedConcatsFlatten() {
    RuleTester.of(new FlattenConcat())
        .rewrites(
            """
            (%x: f32[N,4], %z: f32[N,2]) {
              %0: f32[N,6] = onnx.Concat(%x, %z) {axis=1}
              %1: f32[N,10] = onnx.Concat(%0, %x) {axis=-1}
              return y = %1
            }
            """,
            """
            (%x: f32[N,4], %z: f32[N,2]) {
              %0: f32[N,10] = onnx.Concat(%x, %z, %x) {axis=-1}
              return y = %0
            }
            """);
  }

  @Test
  void otherAxisStays() {
    RuleTester.of(new FlattenConcat())
        .declines(
            """
            (%x: f32[2,4], %z: f32[2,4]) {
              %0: f32[4,4] = onnx.Concat(%x, %z) {axis=0}
              %1: f32[4,8] = onnx.Concat(%0, %0) {axis=1}
              return y = %1
            }
            """,
            "no input is a concatenation along the same axis read only here");
  }

  @Test
  void splitIntoOneIsDropped() {
    RuleTester.of(new DropSplitOfOne())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Split(%x) {axis=1, num_outputs=1}
              return y = %0
            }
            """,
            """
            (%x: f32[N,4]) {
              return y = %x
            }
            """);
  }

  @Test
  void splitIntoTwoStays() {
    RuleTester.of(new DropSplitOfOne())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N,2], %1: f32[N,2] = onnx.Split(%x) {axis=1, num_outputs=2}
              return y = %0, z = %1
            }
            """,
            "it has several results");
  }
}
