// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.backend.profile.ShapeRange;
import org.tf2trt.cli.engine.Engines;
import org.tf2trt.cli.engine.PlanRuntime;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.verify.run.OrtRunner;

/**
 * Stands in for TensorRT: ONNX Runtime, with one node made wrong in every model that it compiles.
 * The plan is a copy of the model.
 */
final class FaultyRuntime implements PlanRuntime {
  private final Path scratch;
  private final Predicate<Node> where;
  private final Consumer<Node> fault;

  /** How many models were built. */
  int builds;

  /** Whether models with further outputs are compiled without the fault. */
  boolean onlyFused;

  /** Whether the plan alone has the fault, as one that was built from something else. */
  boolean onlyPlan;

  FaultyRuntime(Path scratch, Predicate<Node> where, Consumer<Node> fault) {
    this.scratch = scratch;
    this.where = where;
    this.fault = fault;
  }

  @Override
  public Loaded load(Path plan, Optional<Path> weights) {
    return new Loaded(compile(plan, true), Optional.empty());
  }

  @Override
  public Engines engines(boolean tf32) {
    return new Engines() {
      @Override
      public Built build(Path onnx, Map<String, ShapeRange> profile) {
        builds++;
        return new Built(compile(onnx, !onlyPlan && !(onlyFused && marked(onnx))), 0, 0, List.of());
      }

      @Override
      public void close() {}
    };
  }

  private static boolean marked(Path model) {
    return OnnxReader.read(model).graph().outputNames().stream()
        .anyMatch(n -> n.startsWith("tf2trt_"));
  }

  private OrtRunner compile(Path model, boolean wrong) {
    try {
      Graph graph = OnnxReader.read(model).graph();
      if (wrong) {
        fault.accept(graph.nodes().stream().filter(where).findFirst().orElseThrow());
      }
      Path file = Files.createTempFile(scratch, "faulty", ".onnx");
      OnnxWriter.write(graph, EmitOptions.DEFAULT, file);
      return OrtRunner.open(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
