// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.backend.profile.Extents;
import org.tf2trt.backend.profile.ShapeRange;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.Port;

/** The smallest profile in which all given calls of a model run. */
public final class GoldenProfile {
  private GoldenProfile() {}

  /**
   * A range for each input with open dims, from the least extents of any call to the largest.
   *
   * @param calls inputs of each call, by name; every input of the model in each
   */
  public static Map<String, ShapeRange> of(List<Port> inputs, List<Map<String, TensorData>> calls) {
    Map<String, ShapeRange> profile = new LinkedHashMap<>();
    for (Port port : inputs) {
      if (port.type().shape().isStatic()) {
        continue;
      }
      List<long[]> shapes = new ArrayList<>();
      calls.forEach(c -> shapes.add(c.get(port.name()).shape()));
      List<Extents> dims = new ArrayList<>();
      for (int i = 0; i < shapes.get(0).length; i++) {
        int axis = i;
        long min = shapes.stream().mapToLong(s -> s[axis]).min().orElseThrow();
        long max = shapes.stream().mapToLong(s -> s[axis]).max().orElseThrow();
        dims.add(new Extents(min, max, max));
      }
      profile.put(port.name(), new ShapeRange(dims));
    }
    return profile;
  }
}
