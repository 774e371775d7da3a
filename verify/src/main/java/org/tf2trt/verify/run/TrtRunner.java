// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.backend.engine.Binding;
import org.tf2trt.backend.engine.Engine;
import org.tf2trt.backend.engine.ExecutionContext;
import org.tf2trt.ir.data.TensorData;

/** A TensorRT engine. Each call runs in the first profile that takes its shapes. */
public final class TrtRunner implements ModelRunner {
  private final Engine engine;
  private final List<Port> inputs;
  private final List<Port> outputs;
  private final Map<Integer, ExecutionContext> contexts = new LinkedHashMap<>();

  /** Closes the engine when it is closed itself. */
  public TrtRunner(Engine engine) {
    this.engine = engine;
    this.inputs = engine.inputs().stream().map(TrtRunner::port).toList();
    this.outputs = engine.outputs().stream().map(TrtRunner::port).toList();
  }

  private static Port port(Binding b) {
    return Port.of(b.name(), b.dtype(), b.shape());
  }

  @Override
  public List<Port> inputs() {
    return inputs;
  }

  @Override
  public List<Port> outputs() {
    return outputs;
  }

  @Override
  public Map<String, TensorData> run(Map<String, TensorData> feeds) {
    // Feeds that do not fit are the context's to refuse.
    return contexts.computeIfAbsent(profile(feeds), engine::newContext).run(feeds);
  }

  private int profile(Map<String, TensorData> feeds) {
    for (int p = 0; p < engine.profiles(); p++) {
      if (takes(p, feeds)) {
        return p;
      }
    }
    return 0;
  }

  private boolean takes(int profile, Map<String, TensorData> feeds) {
    for (Binding input : engine.inputs()) {
      TensorData data = feeds.get(input.name());
      // The values of an input that is read as a shape are the context's to check.
      boolean open = !input.isStatic() && !input.shapeValues();
      if (open && data != null && !engine.range(input.name(), profile).contains(data.shape())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    contexts.values().forEach(ExecutionContext::close);
    contexts.clear();
    engine.close();
  }
}
