// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tf2trt.passes.rewrite.RuleTester;

/** Reductions and padding. */
final class ReduceRulesTest {
  @Test
  void paddingByNothingIsDropped() {
    RuleTester.of(new DropEmptyPad())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.Pad(%x, i64[4]{0, 0, 0, 0})
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
  void paddingStays() {
    RuleTester.of(new DropEmptyPad())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N,5] = onnx.Pad(%x, i64[4]{0, 0, 0, 1})
              return y = %0
            }
            """,
            "the pads are not all zero");
  }

  @Test
  void reducingOnesIsASqueeze() {
    RuleTester.of(new DropReduceOfNothing())
        .rewrites(
            """
            (%x: f32[N,1,4]) {
              %0: f32[N,4] = onnx.ReduceMean(%x, i64[1]{1}) {keepdims=0}
              return y = %0
            }
            """,
            """
            (%x: f32[N,1,4]) {
              %0: f32[N,4] = onnx.Squeeze(%x, i64[1]{1})
              return y = %0
            }
            """);
  }

  @Test
  void noAxesAndNoopIsDropped() {
    RuleTester.of(new DropReduceOfNothing())
        .rewrites(
            """
            (%x: f32[N,4]) {
              %0: f32[N,4] = onnx.ReduceSum(%x) {keepdims=0, noop_with_empty_axes=1}
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
  void reducingElementsStays() {
    RuleTester.of(new DropReduceOfNothing())
        .declines(
            """
            (%x: f32[N,4]) {
              %0: f32[N] = onnx.ReduceSum(%x, i64[1]{1}) {keepdims=0}
              return y = %0
            }
            """,
            "an axis may have more than one element");
  }

  @Test
  void squeezeAfterReduceIsAbsorbed() {
    RuleTester.of(new KeepDimsByReshape())
        .rewrites(
            """
            (%x: f32[N,4,5]) {
              %0: f32[N,1,1] = onnx.ReduceMax(%x, i64[2]{1, 2}) {keepdims=1}
              %1: f32[N] = onnx.Reshape(%0, i64[1]{-1})
              return y = %1
            }
            """,
            """
            (%x: f32[N,4,5]) {
              %0: f32[N] = onnx.ReduceMax(%x, i64[2]{1, 2}) {keepdims=0}
              return y = %0
            }
            """);
  }

  @Test
  void unsqueezeAfterReduceIsAbsorbed() {
    RuleTester.of(new KeepDimsByReshape())
        .rewrites(
            """
            (%x: f32[N,4,5]) {
              %0: f32[N,5] = onnx.ReduceMean(%x, i64[1]{1}) {keepdims=0}
              %1: f32[N,1,5] = onnx.Unsqueeze(%0, i64[1]{1})
              return y = %1
            }
            """,
            """
            (%x: f32[N,4,5]) {
              %0: f32[N,1,5] = onnx.ReduceMean(%x, i64[1]{1}) {keepdims=1}
              return y = %0
            }
            """);
  }

  @Test
  void anotherShapeStays() {
    RuleTester.of(new KeepDimsByReshape())
        .declines(
            """
            (%x: f32[N,4,5]) {
              %0: f32[N,5] = onnx.ReduceMean(%x, i64[1]{1}) {keepdims=0}
              %1: f32[1,N,5] = onnx.Unsqueeze(%0, i64[1]{0})
              return y = %1
            }
            """,
            "the shape is not that of the other form");
  }

  /** So that images whose range is asked for keep the layout of the convolution. */
  @Test
  void extremesOfAllElementsNeedNoFlatTensor() {
    RuleTester rule = RuleTester.of(new ReduceBeforeFlatten());
    for (String op : List.of("ReduceMax", "ReduceMin")) {
      rule.rewrites(
          """
          (%x: f32[N,3,4,2]) {
            %0: f32[?] = onnx.Reshape(%x, i64[1]{-1})
            %1: f32[] = onnx.OP(%0, i64[1]{0}) {keepdims=0}
            return y = %1
          }
          """
              .replace("OP", op),
          """
          (%x: f32[N,3,4,2]) {
            %0: f32[] = onnx.OP(%x, i64[4]{0, 1, 2, 3}) {keepdims=0}
            return y = %0
          }
          """
              .replace("OP", op));
    }
    rule.declines(
        """
        (%x: f32[N,3,4]) {
          %0: f32[?,4] = onnx.Reshape(%x, i64[2]{-1, 4})
          %1: f32[4] = onnx.ReduceMax(%0, i64[1]{0}) {keepdims=0}
          return y = %1
        }
        """,
        "its input is not flattened");
    rule.declines(
        """
        (%x: f32[N,3,4]) {
          %0: f32[?] = onnx.Reshape(%x, i64[1]{-1})
          %1: f32[1] = onnx.ReduceMax(%0, i64[1]{0}) {keepdims=1}
          return y = %1
        }
        """,
        "it keeps a dim");
    rule.declines(
        """
        (%x: f32[N]) {
          %0: f32[N] = onnx.Reshape(%x, i64[1]{-1})
          %1: f32[] = onnx.ReduceMax(%0, i64[1]{0}) {keepdims=0}
          return y = %1
        }
        """,
        "the rank before is not known, or no larger");
  }
}
