// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.text.Parser;

/** A node with two outputs, and what reads them. */
class NodeOutputsTest {
  private static final String ORIGINAL =
      """
      graph @g(%x: f32[2,3]) {
        %0: f32[], %1: f32[] = tf.Range2(%x) @"range"
        %2: f32[] = tf.Neg(%0) @"low"
        %3: f32[] = tf.Identity(%1) @"vanishes"
        %4: f32[] = tf.Abs(%3) @"high"
        return low = %2, high = %4
      }
      """;

  private static List<String> tensors(String original, String onnx) {
    Graph converted = Parser.parse(onnx);
    return NodeOutputs.of(converted, Parser.parse(original)).stream()
        .map(c -> c.node() + c.outputs())
        .toList();
  }

  @Test
  void aReaderTellsWhichOutputAValueIs() {
    assertEquals(
        List.of("range[1]", "range[0]", "low[0]", "high[0]"),
        tensors(
            ORIGINAL,
            """
            graph @g(%x: f32[2,3]) {
              %0: f32[] = onnx.ReduceMax(%x) {keepdims=0} @"range"
              %1: f32[] = onnx.ReduceMin(%x) {keepdims=0} @"range"
              %2: f32[] = onnx.Neg(%1) @"low"
              %3: f32[] = onnx.Abs(%0) @"high"
              return low = %2, high = %3
            }
            """));
  }

  @Test
  void resultsInAnotherOrderAreTold() {
    assertEquals(
        List.of("range[1]", "range[0]", "low[0]", "high[0]"),
        tensors(
            ORIGINAL,
            """
            graph @g(%x: f32[2,3]) {
              %0: f32[1], %1: f32[1] = custom.MaxAndMin(%x) @"range"
              %2: f32[1] = onnx.Neg(%1) @"low"
              %3: f32[1] = onnx.Abs(%0) @"high"
              return low = %2, high = %3
            }
            """));
  }

  @Test
  void anOutputOfTheModelTells() {
    assertEquals(
        List.of("range[0]", "range[1]"),
        tensors(
            """
            graph @g(%x: f32[2,3]) {
              %0: f32[], %1: f32[] = tf.Range2(%x) @"range"
              return high = %1, low = %0
            }
            """,
            """
            graph @g(%x: f32[2,3]) {
              %0: f32[] = onnx.ReduceMin(%x) {keepdims=0} @"range"
              %1: f32[] = onnx.ReduceMax(%x) {keepdims=0} @"range"
              return high = %1, low = %0
            }
            """));
  }

  @Test
  void aReaderOfBothLeavesAChoice() {
    assertEquals(
        List.of("range[0, 1]", "range[0, 1]", "width[0]"),
        tensors(
            """
            graph @g(%x: f32[2,3]) {
              %0: f32[], %1: f32[] = tf.Range2(%x) @"range"
              %2: f32[] = tf.Sub(%1, %0) @"width"
              return width = %2
            }
            """,
            """
            graph @g(%x: f32[2,3]) {
              %0: f32[] = onnx.ReduceMax(%x) {keepdims=0} @"range"
              %1: f32[] = onnx.ReduceMin(%x) {keepdims=0} @"range"
              %2: f32[] = onnx.Sub(%0, %1) @"width"
              return width = %2
            }
            """));
  }

  @Test
  void contradictingReadersLeaveAChoice() {
    assertEquals(
        List.of("range[0, 1]", "low[0]", "high[0]"),
        tensors(
            ORIGINAL,
            """
            graph @g(%x: f32[2,3]) {
              %0: f32[] = onnx.ReduceMin(%x) {keepdims=0} @"range"
              %1: f32[] = onnx.Neg(%0) @"low"
              %2: f32[] = onnx.Abs(%0) @"high"
              return low = %1, high = %2
            }
            """));
  }

  @Test
  void aListIsNoTensor() {
    assertEquals(
        List.of("while[0]", "all[0]", "last[0]"),
        tensors(
            """
            graph @g(%x: f32[2,3]) {
              %0: f32[], %1: variant[] = tf.Steps(%x) @"while"
              %2: f32[] = tf.Neg(%0) @"last"
              %3: f32[] = tf.TensorListStack(%1) @"stack"
              %4: f32[] = tf.Abs(%3) @"all"
              return all = %4, last = %2
            }
            """,
            """
            graph @g(%x: f32[2,3]) {
              %0: f32[2,3], %1: f32[] = custom.Steps(%x) @"while"
              %2: f32[2,3] = onnx.Abs(%0) @"all"
              %3: f32[] = onnx.Neg(%1) @"last"
              return all = %2, last = %3
            }
            """));
  }
}
