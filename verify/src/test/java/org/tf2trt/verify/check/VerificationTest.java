// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.Port;
import org.tf2trt.verify.samples.GeneratedSamples;
import org.tf2trt.verify.samples.Samples;
import org.tf2trt.verify.statistics.OutputSummary;

class VerificationTest {
  private static final long[] NHWC = {2, 4, 5, 3};
  private static final Port IMAGE = port("image", 2, 4, 5, 3);

  private static Port port(String name, long... extents) {
    return new Port(name, new TensorType(DType.F32, Shape.of(extents)));
  }

  /** Gives its input plus something, channels first if its port says so. */
  private record Shift(Port port, float by) implements ModelRunner {
    @Override
    public List<Port> inputs() {
      return List.of(port);
    }

    @Override
    public List<Port> outputs() {
      return List.of(port);
    }

    @Override
    public Map<String, TensorData> run(Map<String, TensorData> feeds) {
      TensorData x = feeds.get(port.name());
      assertEquals(port.type().shape(), x.type().shape());
      float[] values = x.floats();
      for (int i = 0; i < values.length; i++) {
        values[i] += by;
      }
      return Map.of("y", TensorData.ofFloats(x.shape(), values));
    }

    @Override
    public void close() {}
  }

  private static Verification run(ModelRunner candidate) {
    return new Verification(
        new Shift(IMAGE, 0),
        List.of(new Candidate("other", candidate, Candidate.Bounds.TABLE, true)));
  }

  private static Samples samples() {
    return new GeneratedSamples(1, List.of(IMAGE), Map.of(), Map.of("image", NHWC));
  }

  private static OutputSummary output(Verification run) {
    return run.state("").candidates().get("other").get(0);
  }

  @Test
  void anInterruptedRunEndsAsOneThatWasNot() throws IOException {
    Verification whole = run(new Shift(IMAGE, 1e-5f));
    whole.run(samples(), 10, r -> true);

    Verification first = run(new Shift(IMAGE, 1e-5f));
    first.run(samples(), 10, r -> r.calls() < 4);
    assertEquals(4, first.calls());
    ObjectMapper mapper = new ObjectMapper();
    String stored = mapper.writeValueAsString(first.state("f"));
    Verification second = run(new Shift(IMAGE, 1e-5f));
    second.resume(mapper.readValue(stored, VerificationState.class));
    second.run(samples(), 10, r -> true);

    assertEquals(10, second.calls());
    assertEquals(output(whole).errors(), output(second).errors());
    assertEquals(output(whole).points(), output(second).points());
    assertEquals(output(whole).totals().worst(), output(second).totals().worst());
    assertTrue(output(second).passed());
  }

  @Test
  void theStateDoesNotGrowWithTheSamples() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Verification run = run(new Shift(IMAGE, 1e-5f));
    run.run(samples(), 100, r -> true);
    int before = mapper.writeValueAsBytes(run.state("f")).length;
    run.run(samples(), 2000, r -> true);
    int after = mapper.writeValueAsBytes(run.state("f")).length;
    assertTrue(after < before * 1.2, before + " bytes grew to " + after);
  }

  @Test
  void findsChannelsFirst() {
    Port moved = new Port("image", new TensorType(DType.F32, Shape.of(2, 3, 4, 5)));
    Verification run = run(new Shift(moved, 0));
    run.run(samples(), 1, r -> true);
    assertTrue(output(run).passed());
    assertEquals(0, output(run).totals().worst());
  }

  @Test
  void keepsTheInputsOfTheFirstFailure() {
    Verification run = run(new Shift(IMAGE, 0.1f));
    run.run(samples(), 3, r -> true);
    assertFalse(output(run).passed());
    assertEquals(3, output(run).totals().failed());
    TensorData first = samples().next().orElseThrow().get("image");
    assertTrue(first.sameAs(run.firstFailing().orElseThrow().get("image")));
  }

  @Test
  void aPinnedShapeIsFoundThroughTheLayout() {
    Shape open = Shape.unknown(4).with(3, Dim.of(3));
    assertEquals(Shape.of(1, 8, 6, 3), Fit.pinned(open, Shape.of(1, 3, 8, 6)));
    assertEquals(Shape.of(1, 8, 6, 3), Fit.pinned(open, Shape.of(1, 8, 6, 3)));
  }
}
