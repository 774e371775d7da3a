// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tf2trt.backend.engine.Binding;
import org.tf2trt.backend.engine.Engine;
import org.tf2trt.backend.engine.Profile;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.run.GeneratedInputs;

/**
 * What an engine is measured on: given data, or made-up data of the shapes that a profile is tuned
 * for, with another batch where asked.
 */
public final class BenchInputs {
  private final Engine engine;
  private final int profile;
  private final Map<String, TensorData> data;

  /**
   * @param engine to measure
   * @param batch first extent of every input whose first dim is open; null for the tuned one
   * @param given arrays by input name; empty to make them up
   * @throws DiagnosticException {@code BAD_DATA} when no profile takes these shapes
   */
  public BenchInputs(Engine engine, Long batch, Optional<Map<String, TensorData>> given) {
    this.engine = engine;
    if (given.isPresent()) {
      data = given.get();
      profile = fitting(shapes(data));
    } else {
      profile = batch == null ? 0 : fittingBatch(batch);
      data = madeUp(batch);
    }
  }

  private static Map<String, long[]> shapes(Map<String, TensorData> data) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    data.forEach((name, d) -> shapes.put(name, d.shape()));
    return shapes;
  }

  private Map<String, TensorData> madeUp(Long batch) {
    Map<String, TensorData> made = new LinkedHashMap<>();
    GeneratedInputs generated = new GeneratedInputs(1, 1);
    Map<String, long[]> extents = extents(profile, batch);
    for (Binding b : engine.inputs()) {
      long[] shape = extents.get(b.name());
      made.put(
          b.name(),
          b.shapeValues() && b.isStatic()
              ? tuned(b, shape)
              : generated.tensor(b.name(), b.dtype(), shape));
    }
    return made;
  }

  /** Values that shapes depend on: those that the profile is tuned for. */
  private TensorData tuned(Binding input, long[] shape) {
    List<Long> values = engine.values(input, profile).opt();
    return input.dtype() == DType.I32
        ? TensorData.ofInts(shape, values.stream().mapToInt(Math::toIntExact).toArray())
        : TensorData.ofLongs(shape, values.stream().mapToLong(Long::longValue).toArray());
  }

  /** The shapes that a profile is tuned for, with a batch of one's own where that is open. */
  private Map<String, long[]> extents(int of, Long batch) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (Binding b : engine.inputs()) {
      long[] shape = b.shape();
      if (!b.isStatic()) {
        Profile.Range range = engine.range(b.name(), of);
        for (int i = 0; i < shape.length; i++) {
          shape[i] = i == 0 && shape[0] < 0 && batch != null ? batch : range.opt().get(i);
        }
      }
      shapes.put(b.name(), shape);
    }
    return shapes;
  }

  private int fittingBatch(long batch) {
    for (int p = 0; p < engine.profiles(); p++) {
      if (takes(p, extents(p, batch))) {
        boolean used =
            extents(p, batch).values().stream().anyMatch(s -> s.length > 0 && s[0] == batch);
        if (used) {
          return p;
        }
      }
    }
    throw refuse("--batch " + batch);
  }

  private int fitting(Map<String, long[]> shapes) {
    for (int p = 0; p < engine.profiles(); p++) {
      if (takes(p, shapes)) {
        return p;
      }
    }
    throw refuse(
        shapes.entrySet().stream()
            .map(e -> e.getKey() + " " + Arrays.toString(e.getValue()))
            .collect(Collectors.joining(", ")));
  }

  /** Inputs that are missing are for the engine to report. */
  private boolean takes(int of, Map<String, long[]> shapes) {
    return engine.inputs().stream()
        .filter(b -> !b.isStatic() && shapes.containsKey(b.name()))
        .allMatch(b -> engine.range(b.name(), of).contains(shapes.get(b.name())));
  }

  private DiagnosticException refuse(String what) {
    return DiagnosticException.of(
        Code.BAD_DATA,
        what,
        "the engine does not take these shapes",
        "it takes " + String.join("; ", ranges()));
  }

  private List<String> ranges() {
    return engine.inputs().stream()
        .map(
            b ->
                b.isStatic()
                    ? b.toString()
                    : b
                        + " from "
                        + engine.range(b.name(), 0).min()
                        + " to "
                        + engine.range(b.name(), engine.profiles() - 1).max())
        .toList();
  }

  public int profile() {
    return profile;
  }

  /** A tensor for each input. */
  public Map<String, TensorData> data() {
    return data;
  }

  /** Extents of each input. */
  public Map<String, long[]> shapes() {
    return shapes(data);
  }
}
