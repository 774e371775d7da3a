// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.types;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.ir.text.Printer;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Evaluator;

/** Types that TensorRT lacks: interfaces, values to the ends of their ranges, wrapping. */
class CarryTypesTest {
  private final Diagnostics diagnostics = new Diagnostics();

  private Graph carried(String body) {
    Graph graph = Parser.parse("graph @g" + body.strip());
    new CarryTypes().run(graph, new PassContext(17, diagnostics));
    assertEquals(List.of(), Verifier.verify(graph));
    return graph;
  }

  private static String text(String body) {
    return Printer.print(Parser.parse("graph @g" + body.strip()));
  }

  @Test
  void bytesAtTheEdgeAreCastToAndFromFloats() {
    Graph graph =
        carried(
            """
            (%x: u8[N,4]) {
              %0: u8[N,4] = onnx.Max(%x, u8[]{7})
              return y = %0
            }
            """);
    assertEquals(
        text(
            """
            (%x: u8[N,4]) {
              %0: f32[N,4] = onnx.Cast(%x) {to=f32}
              %1: i32[N,4] = onnx.Cast(%0) {to=i32}
              %2: i32[N,4] = onnx.Max(%1, i32[]{7})
              %3: f32[N,4] = onnx.Cast(%2) {to=f32}
              %4: u8[N,4] = onnx.Cast(%3) {to=u8}
              return y = %4
            }
            """),
        Printer.print(graph));
    assertEquals(List.of(), diagnostics.all());
  }

  @Test
  void aSecondRunChangesNothing() {
    Graph graph = carried("(%x: i16[4]) { %0: i16[4] = onnx.Add(%x, %x) return y = %0 }");
    String once = Printer.print(graph);
    new CarryTypes().run(graph, new PassContext(17, diagnostics));
    assertEquals(once, Printer.print(graph));
  }

  @Test
  void graphsOfTensorRtsTypesStay() {
    String body = "(%x: i64[4]) { %0: i64[4] = onnx.Add(%x, i64[]{1}) return y = %0 }";
    assertEquals(text(body), Printer.print(carried(body)));
    assertEquals(List.of(), diagnostics.all());
  }

  @Test
  void imagesAreCastOnce() {
    String body =
        """
        (%x: u8[N,4]) {
          %0: f32[N,4] = onnx.Cast(%x) {to=f32}
          return y = %0
        }
        """;
    assertEquals(text(body), Printer.print(carried(body)));
  }

  @Test
  void otherInterfacesChangeWithAWarning() {
    Graph graph = carried("(%x: i16[4]) { %0: i16[4] = onnx.Identity(%x) return y = %0 }");
    assertEquals(DType.I32, graph.params().get(0).dtype());
    assertEquals(
        List.of(
            "warning[TF061] input 'x': it is i32 instead of i16; feed and read that type",
            "warning[TF061] output 'y': it is i32 instead of i16; feed and read that type"),
        diagnostics.all().stream().map(Diagnostic::text).toList());
  }

  @Test
  void doublesBecomeFloatsWithAWarning() {
    Graph graph =
        carried("(%x: f64[4]) { %0: f64[4] = onnx.Add(%x, f64[]{0.5}) @\"a/b\" return y = %0 }");
    assertEquals(
        text("(%x: f32[4]) { %0: f32[4] = onnx.Add(%x, f32[]{0.5}) @\"a/b\" return y = %0 }"),
        Printer.print(graph));
    assertEquals(
        "warning[TF062] 'a/b': f64 is computed in f32; compare the outputs with verify",
        diagnostics.all().get(2).text());
  }

  @Test
  void constantsOutOfTheRangeOfFloatsAreRemembered() {
    String body = "(%x: f64[4]) { %0: f64[4] = onnx.Mul(%x, f64[]{C}) @\"a\" return y = %0 }";
    assertEquals(List.of("a"), lost(body.replace("C", "1e300")));
    assertEquals(List.of("a"), lost(body.replace("C", "1e-300")));
    assertEquals(List.of(), lost(body.replace("C", "1e30")));
  }

  private static List<String> lost(String body) {
    LostRanges lost = new LostRanges();
    Graph graph = Parser.parse("graph @g" + body.strip());
    new CarryTypes(lost).run(graph, new PassContext(17, new Diagnostics()));
    return lost.nodes();
  }

  @Test
  void bodiesCarryToo() {
    Graph graph =
        carried(
            """
            (%c: bool[], %x: i16[4]) {
              %0: i16[4] = onnx.If(%c) body @then() {
                  %1: i16[4] = onnx.Neg(%x)
                  return y = %1
                } body @else() {
                  return y = %x
                }
              return y = %0
            }
            """);
    assertEquals(DType.I32, graph.outputs().get(0).dtype());
    assertEquals(DType.I32, graph.first().bodies().get(1).outputs().get(0).dtype());
  }

  @Test
  void symmetricQuantisationStays() {
    String body =
        """
        (%x: f32[4]) {
          %0: i8[4] = onnx.QuantizeLinear(%x, f32[]{0.5}, i8[]{0})
          %1: f32[4] = onnx.DequantizeLinear(%0, f32[]{0.5}, i8[]{0})
          return y = %1
        }
        """;
    assertEquals(text(body), Printer.print(carried(body)));
  }

  @ParameterizedTest
  @CsvSource({"u8,128", "i8,3", "u8,0"})
  void otherQuantisationIsArithmetic(String type, String zero) {
    String body =
        """
        (%x: f32[9]) {
          %0: T[9] = onnx.QuantizeLinear(%x, f32[]{0.5}, T[]{Z})
          %1: f32[9] = onnx.DequantizeLinear(%0, f32[]{0.5}, T[]{Z})
          return y = %1
        }
        """
            .replace("T", type)
            .replace("Z", zero);
    Map<String, TensorData> x =
        Map.of(
            "x",
            TensorData.ofFloats(new long[] {9}, -200, -1.3f, -0.25f, 0, 0.25f, 0.75f, 1, 60, 300));
    assertArrayEquals(
        Evaluator.evaluate(Parser.parse("graph @g" + body.strip()), x).get("y").doubles(),
        Evaluator.evaluate(carried(body), x).get("y").doubles());
  }

  @ParameterizedTest
  @CsvSource({
    "Add,i8",
    "Sub,i8",
    "Mul,i8",
    "Add,u8",
    "Sub,u8",
    "Mul,u8",
    "Add,i16",
    "Mul,i16",
    "Sub,u16",
    "Mul,u16",
    "Add,u32",
    "Sub,u32",
    "Mul,u32",
    "Add,u64",
    "Mul,u64",
    "Max,i8",
    "Min,u16",
    "Mod,i8",
    "Mod,u32",
    "Div,i8",
    "Div,u16",
    "BitwiseAnd,u8",
    "BitwiseXor,i16"
  })
  void binaryOpsKeepTheirValues(String op, String type) {
    same(
        DType.parse(type),
        "(%a: T[36], %b: T[36]) { %0: T[36] = onnx.OP(%a, %b) return y = %0 }"
            .replace("T", type)
            .replace("OP", op));
  }

  @ParameterizedTest
  @CsvSource({"Neg,i8", "Abs,i8", "Neg,i16", "BitwiseNot,u8", "BitwiseNot,i16", "BitwiseNot,u32"})
  void unaryOpsKeepTheirValues(String op, String type) {
    same(
        DType.parse(type),
        "(%a: T[36], %b: T[36]) { %0: T[36] = onnx.OP(%a) return y = %0 }"
            .replace("T", type)
            .replace("OP", op));
  }

  @ParameterizedTest
  @CsvSource({"u8,LEFT", "u8,RIGHT", "u16,LEFT", "u32,LEFT", "u32,RIGHT", "u64,LEFT", "u64,RIGHT"})
  void shiftsKeepTheirValues(String type, String direction) {
    for (long by : new long[] {0, 1, 5, 7}) {
      same(
          DType.parse(type),
          """
          (%a: T[36], %b: T[36]) {
            %0: T[36] = onnx.BitShift(%a, T[]{BY}) {direction="D"}
            return y = %0
          }
          """
              .replace("BY", String.valueOf(by))
              .replace("\"D\"", "\"" + direction + "\"")
              .replace("T[", type + "["));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "i8,u8", "u8,i8", "i16,u8", "u16,i8", "u32,i16", "i16,u32", "u8,u64", "u32,u64", "u64,u8"
  })
  void castsBetweenThemWrap(String from, String to) {
    same(
        DType.parse(from),
        "(%a: F[36], %b: F[36]) { %0: T[36] = onnx.Cast(%a) {to=T} return y = %0 }"
            .replace("F[", from + "[")
            .replace("T[", to + "[")
            .replace("to=T", "to=" + to));
  }

  @ParameterizedTest
  @CsvSource({"Less", "Greater", "LessOrEqual", "GreaterOrEqual", "Equal"})
  void largeUnsignedIntegersCompare(String op) {
    same(
        DType.U64,
        "(%a: u64[36], %b: u64[36]) { %0: bool[36] = onnx.OP(%a, %b) return y = %0 }"
            .replace("OP", op));
  }

  /** Evaluates both graphs on pairs of values from the ends and the middle of the type. */
  private void same(DType type, String body) {
    Graph before = Parser.parse("graph @g" + body.strip());
    Graph after = carried(body);
    long low = type.isSignedInteger() ? -(1L << (8 * type.bytes() - 1)) : 0;
    long high = low - 1 & (type == DType.U64 ? -1 : (1L << 8 * type.bytes()) - 1);
    high = type.isSignedInteger() ? -low - 1 : high;
    long[] some = {low, low + 1, 3, 100, high - 1, high};
    long[] left = new long[36];
    long[] right = new long[36];
    for (int i = 0; i < 36; i++) {
      left[i] = some[i / 6];
      right[i] = some[i % 6] == 0 ? 7 : some[i % 6];
    }
    Map<String, TensorData> narrow = new LinkedHashMap<>();
    narrow.put("a", of(type, left));
    narrow.put("b", of(type, right));
    Map<String, TensorData> wide = new LinkedHashMap<>();
    for (Value.Param p : after.params()) {
      TensorData n = narrow.get(p.name());
      wide.put(p.name(), p.dtype() == type ? n : Carrier.of(n));
    }
    TensorData expected = Evaluator.evaluate(before, narrow).get("y");
    TensorData actual = Evaluator.evaluate(after, wide).get("y");
    assertArrayEquals(expected.longs(), actual.longs(), body);
  }

  private static TensorData of(DType type, long[] values) {
    var bytes = Elements.allocate(type, values.length);
    for (int i = 0; i < values.length; i++) {
      Elements.putLong(type, bytes, i, values[i]);
    }
    return TensorData.of(type, new long[] {values.length}, bytes);
  }
}
