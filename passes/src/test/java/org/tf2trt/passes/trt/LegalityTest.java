// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.schema.Schemas;
import org.tf2trt.ir.text.Parser;

/** What is reported, how nodes are grouped, and where the releases differ. */
class LegalityTest {
  private static List<String> found(Target target, String body) {
    return Legality.of(Parser.parse("graph @g" + body.strip()), target).stream()
        .map(Diagnostic::text)
        .toList();
  }

  @Test
  void nodesOfOneFaultAreReportedTogether() {
    List<String> found =
        found(
            Target.TRT,
            """
            (%x: f32[4]) {
              %0: f32[?] = onnx.Unique(%x) @"a"
              %1: f32[?] = onnx.Unique(%0) @"b"
              return y = %1
            }
            """);
    assertEquals(
        List.of(
            "error[TF060] Unique: TensorRT 10.6 has no such op: 'a', 'b'; cut the graph before"
                + " (--outputs) or behind (--inputs) it"),
        found);
  }

  @Test
  void aCleanGraphHasNoFindings() {
    assertEquals(
        List.of(),
        found(
            Target.TRT,
            """
            (%x: u8[N,4]) {
              %0: f32[N,4] = onnx.Cast(%x) {to=f32}
              %1: f32[N,4] = onnx.Relu(%0)
              return y = %1
            }
            """));
  }

  private static final String BRANCHES =
      """
      (%c: bool[], %x: f32[N,4], %z: f32[?,4]) {
        %0: f32[?,?] = onnx.If(%c) body @then() {
          %1: f32[N,4] = onnx.Neg(%x)
          return r = %1
        } body @else() {
          ELSE
          return r = %2
        }
        return y = %0
      }
      """;

  @Test
  void branchesHaveToGiveTheSameShapes() {
    for (String otherwise : List.of("%2: f32[N,4] = onnx.Abs(%x)", "%2: f32[?,4] = onnx.Abs(%z)")) {
      assertEquals(List.of(), found(Target.TRT, BRANCHES.replace("ELSE", otherwise)));
    }
    for (String otherwise :
        List.of(
            "%2: f32[N,2] = onnx.Slice(%x, i64[1]{0}, i64[1]{2}, i64[1]{1})",
            "%2: f32[1,N,4] = onnx.Unsqueeze(%x, i64[1]{0})",
            "%2: f32[2*N,4] = onnx.Concat(%x, %x) {axis=0}")) {
      List<String> found = found(Target.TRT, BRANCHES.replace("ELSE", otherwise));
      assertEquals(1, found.size(), otherwise);
      assertTrue(
          found.get(0).contains("If: its branches give the shapes [N,4] and ["), found.get(0));
    }
  }

  /** Extents choose while an engine is built; what is found in data is not nothing. */
  @Test
  void branchesOfOpenShapesDependOnWhatChooses() {
    String chosen =
        """
        (%x: f32[N,4], %c: bool[]) {
          %0: i64[1] = onnx.Shape(%x) {start=0, end=1}
          %1: i64[] = onnx.Squeeze(%0, i64[1]{0})
          %2: bool[] = onnx.Greater(%1, i64[]{3})
          %3: f32[?,4] = onnx.If(CONDITION)
            body @then() { %4: f32[N,4] = onnx.Neg(%x) return y = %4 }
            body @else() { %5: f32[2*N,4] = onnx.Concat(%x, %x) {axis=0} return y = %5 }
          return y = %3
        }
        """;
    assertEquals(List.of(), found(Target.TRT, chosen.replace("CONDITION", "%2")));
    assertReports("its branches give the shapes", chosen.replace("CONDITION", "%c"));
    String empty =
        """
        (%x: bool[4], %c: bool[]) {
          %0: i64[1,?] = onnx.If(%c)
            body @then() { %1: i64[1,?] = onnx.NonZero(%x) return y = %1 }
            body @else() { %2: i64[1,EXTENT] = onnx.Identity(i64[1,EXTENT]{}) return y = %2 }
          return y = %0
        }
        """;
    assertReports("its branches give the shapes [1,?] and [1,0]", empty.replace("EXTENT", "0"));
  }

  private static String looping(String next) {
    return """
        (%x: f32[4]) {
          %0: f32[?] = onnx.Loop(i64[]{3}, _, %x) body @b(%i "i": i64[], %c "c": bool[], %s "s": f32[?]) {
            NEXT
            %9: bool[] = onnx.Identity(bool[]{true})
            return go = %9, next = %2
          }
          return y = %0
        }
        """
        .replace("NEXT", next);
  }

  @Test
  void loopsHandOnWhatKeepsItsShapeAndMakeNoRandomNumbers() {
    assertEquals(List.of(), found(Target.TRT, looping("%2: f32[?] = onnx.Neg(%s)")));
    List<String> grows =
        found(Target.TRT, looping("%2: f32[?] = onnx.Concat(%s, f32[1]{1.0}) {axis=0}"));
    assertEquals(1, grows.size(), grows.toString());
    assertTrue(grows.get(0).contains("grows with each iteration"), grows.get(0));
    List<String> random = found(Target.TRT, looping("%2: f32[?] = onnx.RandomUniformLike(%s)"));
    assertEquals(1, random.size(), random.toString());
    assertTrue(random.get(0).contains("makes no random numbers in a loop"), random.get(0));
  }

  @Test
  void shapesInALoopAreTheSameInEachIteration() {
    String rows =
        """
        (%x: f32[8], %n: i64[N]) {
          %0: f32[3] = onnx.Loop(i64[]{3}, _) body @b(%i "i": i64[], %c "c": bool[]) {
            %1: i64[] = onnx.Gather(%n, INDEX) {axis=0}
            %2: i64[1] = onnx.Unsqueeze(%1, i64[1]{0})
            %3: f32[?] = onnx.Slice(%x, i64[1]{0}, %2, i64[1]{0})
            %4: f32[] = onnx.ReduceSum(%3) {keepdims=0}
            return go = bool[]{true}, sum = %4
          }
          return y = %0
        }
        """;
    assertEquals(List.of(), found(Target.TRT, rows.replace("INDEX", "i64[]{1}")));
    List<String> found = found(Target.TRT, rows.replace("INDEX", "%i"));
    assertEquals(1, found.size(), found.toString());
    assertTrue(
        found
            .get(0)
            .contains(
                "Slice: input 2 is a shape and differs from iteration to iteration: 'synthetic'; fix what"
                    + " decides how often it runs (--shape, --value)"),
        found.get(0));
  }

  /** An engine has to be given every input, also one that nothing reads. */
  @Test
  void everyInputNeedsARank() {
    List<String> found =
        found(
            Target.TRT,
            "(%x: f32[4], %unread: f32[*]) { %0: f32[4] = onnx.Relu(%x) return y = %0 }");
    assertEquals(
        List.of(
            "error[TF060] input: its rank is not known: 'unread'; pin the shapes of the inputs"
                + " with --shape"),
        found);
  }

  @Test
  void integerPowDependsOnTheRelease() {
    String pow = "(%x: i32[4]) { %0: i32[4] = onnx.Pow(%x, i32[]{2}) return y = %0 }";
    assertEquals(1, found(Target.TRT, pow).size());
    assertEquals(1, found(Target.TRT10, pow).size());
    assertEquals(List.of(), found(Target.TRT11, pow));
    assertEquals(List.of(), found(Target.ONNX, pow));
  }

  @Test
  void typesRanksAttributesAndConstants() {
    assertReports(
        "input 0 is bool",
        "(%x: bool[4]) { %0: bool[5] = onnx.Pad(%x, i64[2]{0, 1}) return y = %0 }");
    assertReports(
        "TensorRT has no type f64", "(%x: f64[4]) { %0: f64[4] = onnx.Neg(%x) return y = %0 }");
    assertReports(
        "rank 9",
        "(%x: f32[1,1,1,1,1,1,1,1,2]) { %0: f32[1,1,1,1,1,1,1,1,2] = onnx.Neg(%x) return y = %0 }");
    assertReports(
        "input 1 has to be a constant",
        "(%x: f32[4,5], %a: i64[1]) { %0: f32[*] = onnx.ReduceSum(%x, %a) return y = %0 }");
    assertReports(
        "input 1 is 4000, it takes at most 3840",
        """
        (%x: f32[5000]) {
          %0: f32[4000], %1: i64[4000] = onnx.TopK(%x, i64[1]{4000})
          return y = %0
        }
        """);
    assertReports(
        "coordinate_transformation_mode is tf_crop_and_resize",
        """
        (%x: f32[1,1,4,4], %r: f32[8]) {
          %0: f32[1,1,2,2] = onnx.Resize(%x, %r, _, i64[4]{1, 1, 2, 2}) {coordinate_transformation_mode="tf_crop_and_resize"}
          return y = %0
        }
        """);
    assertReports(
        "its output 1 is read",
        """
        (%x: f32[1,1,4]) {
          %0: f32[1,1,2], %1: i64[1,1,2] = onnx.MaxPool(%x) {kernel_shape=[2], strides=[2]}
          return y = %1
        }
        """);
    assertReports(
        "u8 is cast to f32 or f16 at inputs only",
        "(%x: u8[4]) { %0: i32[4] = onnx.Cast(%x) {to=i32} return y = %0 }");
  }

  @Test
  void channelsOfDeconvolutionsAndGroups() {
    String open = "the channels of input 0 have to be known";
    assertReports(
        open,
        """
        (%x: f32[1,?,3,3], %w: f32[2,1,1,1]) {
          %0: f32[1,1,3,3] = onnx.ConvTranspose(%x, %w)
          return y = %0
        }
        """);
    String conv =
        """
        (%x: f32[1,?,3,3], %w: f32[2,1,1,1]) {
          %0: f32[1,2,3,3] = onnx.Conv(%x, %w) {group=GROUPS}
          return y = %0
        }
        """;
    assertReports(open, conv.replace("GROUPS", "2"));
    assertEquals(List.of(), found(Target.TRT, conv.replace("GROUPS", "1")));
  }

  /** A filter may be computed, but a layer is made from its extents. */
  @Test
  void filtersHaveKnownExtents() {
    String conv =
        """
        (%x: f32[N,IMAGE,8,8], %w: f32[FILTER]) {
          %0: f32[N,?,?,?] = onnx.OP(%x, %w) {group=GROUPS}
          return y = %0
        }
        """;
    String one = conv.replace("GROUPS", "1");
    for (String op : List.of("Conv", "ConvTranspose")) {
      String square = one.replace("OP", op).replace("IMAGE", "4");
      assertEquals(List.of(), found(Target.TRT, square.replace("FILTER", "4,4,3,3")));
      for (String filter : List.of("4,4,?,3", "?,4,3,3", "4,?,3,3", "4,4,3,K")) {
        assertReports(
            op + ": the extents of its filter are not known: 'synthetic'; pin the shapes",
            square.replace("FILTER", filter));
      }
      for (String filter : List.of("4,4,0,3", "0,4,3,3", "4,0,3,?")) {
        assertReports("its filter has an extent of 0", square.replace("FILTER", filter));
      }
      assertReports(
          "input 0 has 4 channels, its filter takes 6", square.replace("FILTER", "6,6,3,3"));
    }
    String grouped = conv.replace("OP", "Conv").replace("GROUPS", "3").replace("FILTER", "6,2,3,3");
    assertEquals(List.of(), found(Target.TRT, grouped.replace("IMAGE", "6")));
    assertReports("input 0 has 2 channels, its filter takes 6", grouped.replace("IMAGE", "2"));
  }

  @Test
  void shapesComeFromShapesAndIntegers() {
    String range =
        """
        (%x: TYPE[]) {
          %0: f32[] = onnx.Cast(%x) {to=f32}
          %1: f32[] = onnx.Ceil(%0)
          %2: i64[] = onnx.Cast(%1) {to=i64}
          %3: i64[?] = onnx.Range(i64[]{0}, %2, i64[]{1})
          return y = %3
        }
        """;
    assertReports(
        "input 1 is a shape and computed from floats of an input", range.replace("TYPE", "f32"));
    assertEquals(List.of(), found(Target.TRT, range.replace("TYPE", "i32")));
    assertEquals(
        List.of(),
        found(
            Target.TRT,
            """
            (%x: f32[N]) {
              %0: i64[1] = onnx.Shape(%x)
              %1: f32[N] = onnx.Expand(f32[]{1.0}, %0)
              return y = %1
            }
            """));
  }

  @Test
  void loopsHandOnWhatTheirBodiesCompute() {
    String loop =
        """
        (%x: f32[], %n: i64[]) {
          %0: i64[], %1: f32[], %2: i64[?], %3: f32[?] = onnx.Loop(i64[]{3}, GO, %n, %x) body @b(%i "i": i64[], %k "k": bool[], %c "c": i64[], %s "s": f32[]) {
            %4: i64[] = onnx.Add(%c, i64[]{1})
            %5: f32[] = onnx.Add(%s, f32[]{1.0})
            %6: i64[] = onnx.Cast(%5) {to=i64}
            %7: f32[?] = onnx.Expand(f32[]{1.0}, LENGTH)
            %8: f32[] = onnx.ReduceSum(%7) {keepdims=0}
            return again = %k, c = NEXT, s = %5, steps = %i, values = %8
          }
          %9: i64[?] = onnx.Range(i64[]{0}, READ, i64[]{1})
          return y = %9, z = %1, all = %2, sums = %3
        }
        """
            .replace("GO", "_")
            .replace("LENGTH", "i64[1]{2}");
    String what = "Range: input 1 is a shape and computed from floats of an input";
    String counter = loop.replace("READ", "%0");
    assertEquals(List.of(), found(Target.TRT, counter.replace("NEXT", "%4")));
    assertReports(what, counter.replace("NEXT", "%6"));
    // Floats reach the body's shapes through what is handed on.
    String inside =
        loop.replace("READ", "%n")
            .replace("onnx.Add(%c, i64[]{1})", "onnx.Unsqueeze(%c, i64[1]{0})")
            .replace("%4: i64[]", "%4: i64[1]")
            .replace("i64[1]{2})\n", "%4)\n");
    assertReports(
        "Expand: input 1 is a shape and differs from iteration to iteration",
        inside.replace("NEXT", "%i"));
    assertReports(
        "Expand: input 1 is a shape and computed from floats of an input",
        inside.replace("NEXT", "%6"));
    // So does a branch.
    String branch =
        """
        (%x: f32[], %n: i64[], %c: bool[]) {
          %0: i64[] = onnx.If(%c) body @a() { %1: i64[] = onnx.Cast(READ) {to=i64} return t = %1 } body @b() { return e = %n }
          %2: i64[?] = onnx.Range(i64[]{0}, %0, i64[]{1})
          return y = %2
        }
        """;
    assertReports(what, branch.replace("READ", "%x"));
    assertEquals(List.of(), found(Target.TRT, branch.replace("READ", "%c")));
  }

  private static void assertReports(String what, String body) {
    List<String> found = found(Target.TRT, body);
    assertTrue(found.stream().anyMatch(d -> d.contains(what)), () -> what + " not in " + found);
  }

  @Test
  void quantisationIsAroundZeroAndByOneScale() {
    assertEquals(List.of(), found(Target.TRT, pair("i8", "f32[]{0.5}", "i8[]{0}")));
    assertReports(
        "it quantises to u8",
        "(%x: f32[4]) { %0: u8[4] = onnx.QuantizeLinear(%x, f32[]{0.5}) return y = %0 }");
    assertReports("input 2 is u8, TensorRT takes i8", pair("u8", "f32[]{0.5}", "u8[]{0}"));
    assertReports("its zero point is not 0", pair("i8", "f32[]{0.5}", "i8[]{1}"));
    assertReports("its scale is not positive", pair("i8", "f32[]{-0.5}", "i8[]{0}"));
    assertReports(
        "it has a scale for each index of an axis, TensorRT takes them for constants",
        pair("i8", "f32[2]{0.5, 1.0}", "i8[2]{0, 0}"));
    assertEquals(
        List.of(),
        found(
            Target.TRT,
            "() { %0: f32[1,2] = onnx.DequantizeLinear(i8[1,2]{1, 2}, f32[2]{0.5, 1.0})"
                + " return y = %0 }"));
  }

  private static String pair(String type, String scale, String zero) {
    return """
        (%x: f32[4,2]) {
          %0: TYPE[4,2] = onnx.QuantizeLinear(%x, SCALE, ZERO)
          %1: f32[4,2] = onnx.DequantizeLinear(%0, SCALE, ZERO)
          return y = %1
        }
        """
        .replace("TYPE", type)
        .replace("SCALE", scale)
        .replace("ZERO", zero);
  }

  @Test
  void bodiesAreLookedInto() {
    assertReports(
        "TensorRT 10.6 has no such op",
        """
        (%c: bool[], %x: f32[4]) {
          %0: f32[4] = onnx.If(%c) body @then() {
              %9: f32[4] = onnx.BitwiseNot(%x)
              return y = %9
            } body @else() {
              %8: f32[4] = onnx.Neg(%x)
              return y = %8
            }
          return y = %0
        }
        """);
  }

  @Test
  void everyRowNamesAnOnnxOp() {
    for (TrtVersion version : TrtVersion.values()) {
      for (String op : SupportTable.of(version).ops()) {
        boolean later = List.of("RMSNormalization", "Upsample").contains(op);
        assertTrue(later || Schemas.onnxOps().contains(op), op);
      }
    }
  }

  @Test
  void malformedRowsAreRefused() {
    for (String row : List.of("Abs X", "Abs F ; no 1", "Abs F\nAbs F")) {
      assertThrows(IllegalArgumentException.class, () -> SupportTable.parse(row, TrtVersion.V10_6));
    }
  }

  @Test
  void targetsAreNamedAsOnTheCommandLine() {
    assertEquals(Target.TRT10, Target.parse("trt10.6"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Target.parse("cuda"));
    assertEquals("'cuda' is not one of onnx, trt, trt10.6, trt11", e.getMessage());
  }
}
