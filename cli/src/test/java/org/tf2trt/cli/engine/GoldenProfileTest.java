// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.backend.profile.Profiles;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.Port;

class GoldenProfileTest {
  private static final Port IMAGE =
      new Port("image", new TensorType(DType.F32, Shape.of(List.of(Dim.parse("n"), Dim.of(2)))));
  private static final Port FIXED = new Port("fixed", new TensorType(DType.F32, Shape.of(2)));
  private static final Port SIZE = new Port("size", new TensorType(DType.I32, Shape.of(2)));

  private static Map<String, TensorData> call(int rows, int... size) {
    return Map.of(
        "image",
        TensorData.ofFloats(new long[] {rows, 2}, new float[2 * rows]),
        "fixed",
        TensorData.ofFloats(new long[] {2}, 0, 0),
        "size",
        TensorData.ofInts(new long[] {2}, size));
  }

  @Test
  void openShapesAndValuesOfSizesFromLeastToLargest() {
    assertEquals(
        "image=1x2..3x2..3x2,size=4x5..6x7..6x7",
        Profiles.text(
            GoldenProfile.of(List.of(IMAGE, FIXED, SIZE), List.of(call(3, 4, 7), call(1, 6, 5)))));
  }

  @Test
  void valuesMayBeNegative() {
    assertEquals(
        "image=3x2,size=-1x7",
        Profiles.text(GoldenProfile.of(List.of(IMAGE, FIXED, SIZE), List.of(call(3, -1, 7)))));
  }

  @Test
  void whatTensorRtDoesNotReadAsAShapeIsLeftOut() {
    Port large = new Port("large", new TensorType(DType.I64, Shape.of(1)));
    Map<String, TensorData> call = Map.of("large", TensorData.ofLongs(new long[] {1}, 1L << 40));
    assertEquals("", Profiles.text(GoldenProfile.of(List.of(large), List.of(call))));
  }
}
