// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.run;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.data.TensorData;

/** A model loaded into a runtime. */
public interface ModelRunner extends AutoCloseable {
  List<Port> inputs();

  List<Port> outputs();

  /**
   * Computes all outputs.
   *
   * @param feeds a tensor for each input, by name
   * @return outputs by name, in the model's order
   * @throws org.tf2trt.ir.diag.DiagnosticException {@code BAD_DATA} when feeds are missing or do
   *     not fit, {@code RUNTIME_FAILED} when the run fails
   */
  Map<String, TensorData> run(Map<String, TensorData> feeds);

  /** Forgets what earlier calls left; the next one is the first. */
  default void reset() {}

  @Override
  void close();
}
