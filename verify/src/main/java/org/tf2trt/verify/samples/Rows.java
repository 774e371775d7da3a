// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.data.TensorData;

/** Samples one by one, as a file holds them. */
interface Rows extends AutoCloseable {
  /** The next sample, by input, without an axis for the batch; empty behind the last. */
  Optional<Map<String, TensorData>> next();

  void skip(long rows);

  @Override
  void close();
}
