// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;

/** Tensors inside the original model. */
public interface InnerTensors {
  /** The original as it was imported, for what reads which output of a node. */
  Graph imported();

  /**
   * The names among these that the original has.
   *
   * @param tensors as {@code call/path/node:0}
   */
  List<String> known(List<String> tensors);

  /** The values of {@link #known} tensors, by name. */
  Map<String, TensorData> fetch(Map<String, TensorData> feeds, List<String> tensors);
}
