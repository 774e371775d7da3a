// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;

class StatefulRunnerTest {
  /** y = x + s, s_next = 2 s + x. */
  private static final class Model implements ModelRunner {
    private static Port port(String name) {
      return new Port(name, new TensorType(DType.F32, Shape.SCALAR));
    }

    @Override
    public List<Port> inputs() {
      return List.of(port("x"), port("s"));
    }

    @Override
    public List<Port> outputs() {
      return List.of(port("y"), port("s_next"));
    }

    @Override
    public Map<String, TensorData> run(Map<String, TensorData> feeds) {
      double x = feeds.get("x").doubles()[0];
      double s = feeds.get("s").doubles()[0];
      Map<String, TensorData> outputs = new LinkedHashMap<>();
      outputs.put("y", TensorData.scalar(DType.F32, x + s));
      outputs.put("s_next", TensorData.scalar(DType.F32, 2 * s + x));
      return outputs;
    }

    @Override
    public void close() {}
  }

  private static final List<StateVariable> STATE =
      List.of(
          new StateVariable(
              "v", Optional.of("s"), "s_next", Optional.of(TensorData.scalar(DType.F32, 5))));

  private static double call(ModelRunner runner, double x) {
    Map<String, TensorData> outputs = runner.run(Map.of("x", TensorData.scalar(DType.F32, x)));
    assertEquals(List.of("y"), List.copyOf(outputs.keySet()));
    return outputs.get("y").doubles()[0];
  }

  @Test
  void eachCallFindsWhatTheOneBeforeLeft() {
    try (ModelRunner runner = StatefulRunner.of(new Model(), STATE)) {
      assertEquals(6, call(runner, 1));
      assertEquals(12, call(runner, 1)); // 2 * 5 + 1
      assertEquals(24, call(runner, 1));
      runner.reset();
      assertEquals(5, call(runner, 0));
    }
  }

  @Test
  void theStateIsNoInputOrOutput() {
    try (ModelRunner runner = StatefulRunner.of(new Model(), STATE)) {
      assertEquals(List.of("x"), runner.inputs().stream().map(Port::name).toList());
      assertEquals(List.of("y"), runner.outputs().stream().map(Port::name).toList());
    }
  }

  @Test
  void whatACallLeavesCanBeShown() {
    try (ModelRunner runner = StatefulRunner.showing(new Model(), STATE)) {
      assertEquals(List.of("x"), runner.inputs().stream().map(Port::name).toList());
      assertEquals(List.of("y", "s_next"), runner.outputs().stream().map(Port::name).toList());
      Map<String, TensorData> feeds = Map.of("x", TensorData.scalar(DType.F32, 1));
      assertEquals(11, runner.run(feeds).get("s_next").doubles()[0]);
      assertEquals(23, runner.run(feeds).get("s_next").doubles()[0]);
    }
  }

  @Test
  void aModelWithoutStateStaysWhatItIs() {
    try (ModelRunner model = new Model()) {
      assertSame(model, StatefulRunner.of(model, List.of()));
    }
  }
}
