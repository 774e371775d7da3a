// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.tf2trt.ir.Value;

/** The largest magnitude of values as measured on some inputs. */
public final class Ranges {
  /** Nothing was measured. */
  public static final Ranges NONE = new Ranges(Map.of());

  private final Map<Value, Double> largest = new IdentityHashMap<>();

  public Ranges(Map<Value, Double> largest) {
    this.largest.putAll(largest);
  }

  /** Empty when the value was not measured. */
  public OptionalDouble largest(Value v) {
    Double known = largest.get(v);
    return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
  }
}
