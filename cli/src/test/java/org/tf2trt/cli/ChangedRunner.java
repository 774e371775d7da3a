// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.Port;

/**
 * A runtime that stands in for another one and computes something else.
 *
 * @param right what computes
 * @param change what becomes of its outputs
 */
public record ChangedRunner(ModelRunner right, UnaryOperator<Map<String, TensorData>> change)
    implements ModelRunner {
  @Override
  public List<Port> inputs() {
    return right.inputs();
  }

  @Override
  public List<Port> outputs() {
    return right.outputs();
  }

  @Override
  public Map<String, TensorData> run(Map<String, TensorData> feeds) {
    return change.apply(new LinkedHashMap<>(right.run(feeds)));
  }

  @Override
  public void close() {
    right.close();
  }
}
