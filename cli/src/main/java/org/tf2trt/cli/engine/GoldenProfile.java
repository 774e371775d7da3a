// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.backend.profile.Extents;
import org.tf2trt.backend.profile.ShapeRange;
import org.tf2trt.backend.profile.ShapeValues;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.Port;

/** The smallest profile in which all given calls of a model run. */
public final class GoldenProfile {
  private GoldenProfile() {}

  /**
   * A range for each input with open dims, from the least extents of any call to the largest; and
   * one of the values for each input that may be read as a shape.
   *
   * @param calls inputs of each call, by name; every input of the model in each
   */
  public static Map<String, ShapeRange> of(List<Port> inputs, List<Map<String, TensorData>> calls) {
    Map<String, ShapeRange> profile = new LinkedHashMap<>();
    for (Port port : inputs) {
      List<TensorData> given = calls.stream().map(c -> c.get(port.name())).toList();
      if (!port.type().shape().isStatic()) {
        range(given.stream().map(TensorData::shape).toList())
            .ifPresent(r -> profile.put(port.name(), r));
      } else if (ShapeValues.candidate(port.type())) {
        range(given.stream().map(TensorData::longs).toList())
            .ifPresent(r -> profile.put(port.name(), r));
      }
    }
    return profile;
  }

  /** Empty when some number is out of TensorRT's range. */
  private static Optional<ShapeRange> range(List<long[]> rows) {
    List<Extents> dims = new ArrayList<>();
    for (int i = 0; i < rows.get(0).length; i++) {
      int axis = i;
      long min = rows.stream().mapToLong(s -> s[axis]).min().orElseThrow();
      long max = rows.stream().mapToLong(s -> s[axis]).max().orElseThrow();
      if (min < Integer.MIN_VALUE || max > Integer.MAX_VALUE) {
        return Optional.empty();
      }
      dims.add(new Extents(min, max, max));
    }
    return Optional.of(new ShapeRange(dims));
  }
}
