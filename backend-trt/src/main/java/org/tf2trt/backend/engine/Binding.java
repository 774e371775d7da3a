// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.Arrays;
import org.tf2trt.ir.DType;

/**
 * An input or output of an engine.
 *
 * @param shape extents; -1 where they depend on the inputs or on data
 * @param location where TensorRT reads or writes it
 * @param shapeValues true for an input whose values, and not only whose extents, shapes depend on
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out
public record Binding(
    String name, DType dtype, long[] shape, Location location, boolean shapeValues) {
  public Binding {
    shape = shape.clone();
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** True when every extent is known before a run. */
  public boolean isStatic() {
    return Arrays.stream(shape).allMatch(d -> d >= 0);
  }

  /** Where the memory of a binding lies. */
  public enum Location {
    DEVICE,
    HOST
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Binding b
        && b.name.equals(name)
        && b.dtype == dtype
        && Arrays.equals(b.shape, shape)
        && b.location == location
        && b.shapeValues == shapeValues;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** {@code image f32[-1,224,224,3]}. */
  @Override
  public String toString() {
    return name + " " + dtype.text() + Arrays.toString(shape).replace(" ", "");
  }
}
