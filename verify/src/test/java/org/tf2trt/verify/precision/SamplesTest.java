// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.Port;

class SamplesTest {
  private static double loudest(TensorData data) {
    return Arrays.stream(data.doubles()).map(Math::abs).max().orElseThrow();
  }

  private static Port port(String name, DType dtype, int... shape) {
    return new Port(name, TensorType.of(dtype, Arrays.stream(shape).asLongStream().toArray()));
  }

  @Test
  void imagesAreOfBothRanges() {
    List<Map<String, TensorData>> calls =
        Samples.generated(List.of(port("x", DType.F32, 1, 8, 8, 3)));
    assertEquals(2, calls.size());
    assertTrue(loudest(calls.get(0).get("x")) <= 1);
    assertTrue(loudest(calls.get(1).get("x")) > 100);
  }

  @Test
  void soundsAreLoudAndFaint() {
    List<Map<String, TensorData>> calls =
        Samples.generated(List.of(port("sound", DType.F32, 1, 16000), port("rate", DType.I32)));
    assertEquals(10, calls.size());
    double[] loudness = calls.stream().mapToDouble(c -> loudest(c.get("sound"))).toArray();
    assertTrue(Arrays.stream(loudness).allMatch(v -> v <= 1), Arrays.toString(loudness));
    assertTrue(Arrays.stream(loudness).max().orElseThrow() > 0.8, Arrays.toString(loudness));
    assertTrue(Arrays.stream(loudness).min().orElseThrow() < 0.3, Arrays.toString(loudness));
    calls.forEach(c -> assertEquals(2, c.size()));
  }
}
