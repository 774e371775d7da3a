// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.Port;

/**
 * Inputs made up from a seed. Each call has its own data; equal seeds, names, types and shapes give
 * equal data on every machine.
 */
public final class GeneratedSamples implements Samples {
  private final long seed;
  private final List<Port> ports;
  private final Map<String, ValueRange> ranges;
  private final Map<String, long[]> shapes;
  private final int perCall;
  private long call;

  /**
   * @param seed of all data
   * @param ports inputs of the model
   * @param ranges of values, by input; those that are missing have their type's
   * @param shapes by input
   */
  public GeneratedSamples(
      long seed, List<Port> ports, Map<String, ValueRange> ranges, Map<String, long[]> shapes) {
    this.seed = seed;
    this.ports = List.copyOf(ports);
    this.ranges = new LinkedHashMap<>(ranges);
    this.shapes = new LinkedHashMap<>(shapes);
    this.perCall =
        shapes.values().stream()
            .filter(s -> s.length > 0)
            .findFirst()
            .map(s -> (int) Math.max(1, s[0]))
            .orElse(1);
  }

  @Override
  public Optional<Map<String, TensorData>> next() {
    Map<String, TensorData> feeds = new LinkedHashMap<>();
    for (Port port : ports) {
      DType dtype = port.type().dtype();
      ValueRange range = range(port);
      feeds.put(port.name(), tensor(port.name(), dtype, range));
    }
    call++;
    return Optional.of(feeds);
  }

  private TensorData tensor(String name, DType dtype, ValueRange range) {
    SplittableRandom random =
        new SplittableRandom((seed * 31 + name.hashCode()) * 0x9E3779B97F4A7C15L + call);
    long[] shape = shapes.get(name);
    int count = 1;
    for (long extent : shape) {
      count = Math.multiplyExact(count, Math.toIntExact(extent));
    }
    if (dtype == DType.STRING) {
      List<String> strings = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        strings.add("text" + random.nextInt(10));
      }
      return TensorData.ofStrings(shape, strings);
    }
    boolean complex = dtype.isComplex();
    DType part = dtype == DType.C64 ? DType.F32 : dtype == DType.C128 ? DType.F64 : dtype;
    int parts = complex ? 2 * count : count;
    ByteBuffer bytes = Elements.allocate(part, parts);
    for (int i = 0; i < parts; i++) {
      if (part.isFloat()) {
        double share = random.nextDouble();
        Elements.putDouble(part, bytes, i, range.low() + (range.high() - range.low()) * share);
      } else {
        long low = (long) Math.ceil(range.low());
        long high = Math.max(low, (long) Math.floor(range.high()));
        Elements.putLong(part, bytes, i, random.nextLong(low, high + 1));
      }
    }
    return TensorData.of(dtype, shape, bytes);
  }

  @Override
  public void skip(long calls) {
    call += calls;
  }

  @Override
  public int perCall() {
    return perCall;
  }

  @Override
  public long given() {
    return call * perCall;
  }

  @Override
  public String description() {
    StringBuilder text = new StringBuilder("generated, seed " + seed);
    for (Port port : ports) {
      text.append("; ")
          .append(port.name())
          .append(' ')
          .append(java.util.Arrays.toString(shapes.get(port.name())))
          .append(" in ")
          .append(range(port));
    }
    return text.toString();
  }

  private ValueRange range(Port port) {
    int rank = shapes.get(port.name()).length;
    return ranges.getOrDefault(port.name(), ValueRange.of(port.type().dtype(), rank));
  }
}
