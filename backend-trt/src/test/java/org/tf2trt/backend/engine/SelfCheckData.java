// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;

/** What the checks on a GPU feed, write and look at. */
final class SelfCheckData {
  private SelfCheckData() {}

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }

  static List<Profile> profiles(ParseReport report) {
    Map<String, Profile.Range> ranges = new LinkedHashMap<>();
    for (Binding input : report.inputs()) {
      if (input.isStatic()) {
        continue;
      }
      List<Long> min = new ArrayList<>();
      List<Long> opt = new ArrayList<>();
      List<Long> max = new ArrayList<>();
      long[] shape = input.shape();
      for (int i = 0; i < shape.length; i++) {
        min.add(shape[i] < 0 ? 1 : shape[i]);
        opt.add(shape[i] < 0 ? (i == 0 ? 2 : 32) : shape[i]);
        max.add(shape[i] < 0 ? (i == 0 ? 4 : 64) : shape[i]);
      }
      ranges.put(input.name(), new Profile.Range(min, opt, max));
    }
    return ranges.isEmpty() ? List.of() : List.of(new Profile(ranges));
  }

  static void write(BuiltEngine built, Path plan) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            plan,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      built.writeTo(channel);
    }
  }

  static Map<String, TensorData> inputs(Engine engine, long batch) {
    Map<String, TensorData> data = new LinkedHashMap<>();
    for (Binding b : engine.inputs()) {
      long[] shape = b.shape();
      for (int i = 0; i < shape.length; i++) {
        shape[i] = shape[i] >= 0 ? shape[i] : i == 0 ? batch : 32;
      }
      data.put(b.name(), ramp(b.dtype(), shape));
    }
    return data;
  }

  static TensorData ramp(DType type, long[] shape) {
    long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    var bytes = Elements.allocate(type, count);
    for (int i = 0; i < count; i++) {
      if (type.isFloat()) {
        Elements.putDouble(type, bytes, i, (i * 7 % 101 - 50) / 50.0);
      } else {
        Elements.putLong(type, bytes, i, i % 2);
      }
    }
    return TensorData.of(type, shape, bytes);
  }

  static String summary(Map<String, TensorData> outputs) {
    StringBuilder text = new StringBuilder();
    outputs.forEach(
        (name, t) -> {
          double[] v = t.doubles();
          double sum = Arrays.stream(v).sum();
          double max = Arrays.stream(v).map(Math::abs).max().orElse(0);
          text.append(name).append(' ').append(t.type()).append(" sum ").append(sum);
          text.append(" max ").append(max).append("; ");
        });
    return text.toString();
  }

  static double median(Timing timing) {
    double[] t = timing.gpuMicroseconds();
    Arrays.sort(t);
    return t[t.length / 2];
  }

  static long residentKilobytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    return 0;
  }
}
