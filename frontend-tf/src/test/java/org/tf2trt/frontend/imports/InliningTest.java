// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tf2trt.frontend.imports.Defs.call;
import static org.tf2trt.frontend.imports.Defs.node;
import static org.tf2trt.frontend.imports.Defs.placeholder;
import static org.tf2trt.frontend.imports.Defs.types;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InliningTest {
  @Test
  void nestedCallsNameTheirPath() {
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[*] = tf.Neg(%x) @"outer/inner/neg"
          %1: f32[*] = tf.Relu(%0) @"outer/relu"
          return "outer:0" = %1
        }
        """,
        new Defs()
            .input("x", 2)
            .function("in", "a", "r=neg:y:0", node("neg", "Neg a"))
            .function(
                "out",
                "a",
                "r=relu:activations:0",
                call("inner", "in", "PartitionedCall a"),
                node("relu", "Relu inner:output:0"))
            .add(call("outer", "out", "StatefulPartitionedCall x"))
            .text("outer:0"));
  }

  @Test
  void twoCallsOfOneFunctionAreTwoCopies() {
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[*] = tf.Neg(%x) @"a/neg"
          %1: f32[*] = tf.Neg(%0) @"b/neg"
          return b = %1
        }
        """,
        new Defs()
            .input("x", 2)
            .function("f", "v", "r=neg:y:0", node("neg", "Neg v"))
            .add(call("a", "f", "PartitionedCall x"), call("b", "f", "PartitionedCall a"))
            .text("b"));
  }

  /**
   * An op that TensorFlow does not have is declared by the model; in functions outputs are named.
   */
  @Test
  void outputsOfCustomOpsAreFoundByName() {
    Defs defs =
        new Defs()
            .input("x", 2)
            .declare("Mine", "first", "second")
            .function("f", "v", "r=mine:second:0", node("mine", "Mine v"))
            .add(call("a", "f", "PartitionedCall x"));
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[*], %1: f32[*] = tf.Mine(%x) @"a/mine"
          return a = %1
        }
        """,
        defs.text("a"));
  }

  /** Outputs in signature order, list outputs by position, and nothing that no output needs. */
  @Test
  void severalOutputsAndPartsOfLists() {
    Defs defs =
        new Defs()
            .input("x", 4)
            .constant("axis", 0)
            .function(
                "f",
                "v axis",
                "first=split:output:1 passed=v second=neg:y:0",
                node("split", "Split axis v", Map.of("num_split", Defs.integer(2))),
                node("neg", "Neg split:output:0"))
            .add(call("c", "f", "PartitionedCall x axis"));
    assertEquals(
        """
        graph @g(%x: f32[4]) {
          %0: f32[*], %1: f32[*] = tf.Split(i32[]{0}, %x) {num_split=2} @"c/split"
          return c = %1, "c:1" = %x
        }
        """,
        defs.text("c", "c:1"));
    assertEquals(
        """
        graph @g(%x: f32[4]) {
          %0: f32[*], %1: f32[*] = tf.Split(i32[]{0}, %x) {num_split=2} @"c/split"
          %2: f32[*] = tf.Neg(%0) @"c/neg"
          return "c:2" = %2
        }
        """,
        defs.text("c:2"));
  }

  /** FusedBatchNormV3 has six outputs of one tensor each, Unpack one of three. */
  @Test
  void namedOutputsAreCountedInOrder() {
    assertEquals(
        """
        graph @g(%x: f32[3]) {
          %0: f32[*], %1: f32[*], %2: f32[*] = tf.Unpack(%x) {axis=0, num=3} @"c/u"
          %3: f32[*], %4: i32[*] = tf.TopKV2(%2, %0) {Tk=f32, index_type=i32, sorted=true} @"c/top"
          return c = %4
        }
        """,
        new Defs()
            .input("x", 3)
            .function(
                "f",
                "v",
                "r=top:indices:0",
                node("u", "Unpack v", Map.of("num", Defs.integer(3))),
                node(
                    "top",
                    "TopKV2 u:output:2 u:output:0",
                    Map.of("Tk", Defs.type(org.tensorflow.proto.DataType.DT_FLOAT))))
            .add(call("c", "f", "PartitionedCall x"))
            .text("c"));
  }

  @Test
  void opsThatAreFunctionNamesAreCalls() {
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[*] = tf.Relu(%x) @"c/relu"
          %1: f32[*] = tf.Neg(%0) @"d/neg"
          return d = %1
        }
        """,
        new Defs()
            .input("x", 2)
            .function("f", "v", "other=v r=relu:activations:0", node("relu", "Relu v"))
            .function("h", "v", "r=neg:y:0", node("neg", "Neg v"))
            .add(node("c", "f x"), node("d", "h c:1"))
            .text("d"));
  }

  @Test
  void aFunctionNamedAsOpInsideAnotherReadsByOutputName() {
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[*] = tf.Relu(%x) @"c/inner/relu"
          return c = %0
        }
        """,
        new Defs()
            .input("x", 2)
            .function("f", "v", "a=v b=relu:activations:0", node("relu", "Relu v"))
            .function("h", "v", "r=inner:b:0", node("inner", "f v"))
            .add(call("c", "h", "PartitionedCall x"))
            .text("c"));
  }

  @Test
  void attributePlaceholdersTakeTheCallsValue() {
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[*] = tf.Neg(%x) @"c/neg"
          return c = %0
        }
        """,
        new Defs()
            .input("x", 2)
            .function("f", "v", "r=neg:y:0", node("neg", "Neg v", Map.of("T", placeholder("T"))))
            .add(call("c", "f", "PartitionedCall x"))
            .text("c"));
  }

  /** What an argument is given is imported only when the function reads it. */
  @Test
  void unusedArgumentsAreNotImported() {
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          %0: f32[*] = tf.Neg(%x) @"c/neg"
          return c = %0
        }
        """,
        new Defs()
            .input("x", 2)
            .add(node("costly", "NoSuchOp x"))
            .function("f", "v unused", "r=neg:y:0", node("neg", "Neg v"))
            .add(call("c", "f", "PartitionedCall x costly"))
            .text("c"));
  }

  @Test
  void aFunctionThatOnlyPassesOnLeavesNothing() {
    assertEquals(
        """
        graph @g(%x: f32[2]) {
          return c = %x
        }
        """,
        new Defs()
            .input("x", 2)
            .function("f", "v", "r=v")
            .function("h", "v", "r=d:output:0", call("d", "f", "PartitionedCall v"))
            .add(
                node(
                    "c",
                    "PartitionedCall x",
                    Map.of("f", Defs.function("h"), "Tin", types(1), "Tout", types(1))))
            .text("c"));
  }
}
