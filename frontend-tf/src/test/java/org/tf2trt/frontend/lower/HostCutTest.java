// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.text.Parser;

class HostCutTest {
  private static Optional<String> cut(String body) {
    return HostCut.of(Parser.parse("graph @t(%s: string[*], %x: f32[2]) {\n" + body + "\n}"));
  }

  @Test
  void behindWhatComesFirst() {
    assertEquals(
        Optional.of("--inputs x,parse/number"),
        cut(
            """
            %0: string[*] = tf.StringStrip(%s) @"parse/strip"
            %1: f32[*] = tf.StringToNumber(%0) @"parse/number"
            %2: f32[*] = tf.Relu(%1) @"r"
            %3: f32[*] = tf.Mul(%2, %x) @"m"
            return y = %3
            """));
  }

  @Test
  void anOutputOfSeveralByItsNumber() {
    assertEquals(
        Optional.of("--inputs split:1"),
        cut(
            """
            %0: i64[*], %1: string[*] = tf.StringSplit(%s, string[]{" "}) @"a"
            %2: i64[*], %3: i64[*] = tf.UnicodeDecode(%1) @"split"
            %4: i64[*] = tf.Neg(%3) @"n"
            return y = %4
            """));
  }

  @Test
  void beforeWhatComesLast() {
    assertEquals(
        Optional.of("--outputs top"),
        cut(
            """
            %0: i64[*] = tf.ArgMax(%x, i32[]{0}) @"top"
            %1: string[*] = tf.AsString(%0) @"text"
            return y = %1
            """));
  }

  @Test
  void onBothSides() {
    assertEquals(
        Optional.of("--inputs number --outputs y,r"),
        cut(
            """
            %0: f32[*] = tf.StringToNumber(%s) @"number"
            %1: f32[*] = tf.Relu(%0) @"r"
            %2: string[*] = tf.AsString(%1) @"text"
            %3: f32[*] = tf.Neg(%1) @"n"
            return y = %3, z = %2
            """));
  }

  @Test
  void stringsAreTheHostsWhateverTheOp() {
    assertEquals(
        Optional.of("--inputs same"),
        cut(
            """
            %0: bool[*] = tf.Equal(%s, string[]{"a"}) @"same"
            %1: f32[*] = tf.Cast(%0) @"c"
            return y = %1
            """));
  }

  @Test
  void nothingToCutWithoutHostOps() {
    assertEquals(Optional.empty(), cut("%0: f32[*] = tf.Relu(%x)\nreturn y = %0"));
  }

  @Test
  void nothingToCutWhereNothingIsLeft() {
    assertEquals(Optional.empty(), cut("%0: f32[*] = tf.StringToNumber(%s) @\"n\"\nreturn y = %0"));
  }
}
