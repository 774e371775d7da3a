// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.data.TensorData;

/** Inputs of calls of a model, one call after another. */
public interface Samples extends AutoCloseable {
  /** The inputs of the next call, by name; empty at the end of the data. */
  Optional<Map<String, TensorData>> next();

  /** Leaves out calls, which costs less than making them. */
  void skip(long calls);

  /** How many samples one call holds. */
  int perCall();

  /** How many samples were given so far, those that were left out included. */
  long given();

  /** What they are, so that an interrupted run is not continued with others. */
  String description();

  @Override
  default void close() {}
}
