// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.Port;
import org.tf2trt.verify.samples.ConsistentExtents;
import org.tf2trt.verify.samples.DataSamples;
import org.tf2trt.verify.samples.GeneratedSamples;
import org.tf2trt.verify.samples.IndexBounds;
import org.tf2trt.verify.samples.OpenExtents;
import org.tf2trt.verify.samples.Samples;
import org.tf2trt.verify.samples.ValueRange;

/** Chooses what is fed, by the options. */
final class SampleSources {
  private final VerifyOptions options;
  private final long seed;

  SampleSources(VerifyOptions options, long seed) {
    this.options = options;
    this.seed = seed;
  }

  Samples open(ModelRunner reference, List<Port> converted, Optional<Graph> onnx) {
    Map<String, long[]> shapes =
        new InputShapes(options.dims).of(reference.inputs(), told(converted, onnx, options.dims));
    if (options.data != null) {
      return DataSamples.open(options.data, reference.inputs(), shapes, options.images);
    }
    Map<String, ValueRange> ranges =
        new LinkedHashMap<>(onnx.map(IndexBounds::of).orElse(Map.of()));
    options.ranges.forEach(
        (name, text) -> {
          if (reference.inputs().stream().map(Port::name).noneMatch(name::equals)) {
            throw DiagnosticException.of(
                Code.UNKNOWN_NAME,
                "--range " + name,
                "the model has no such input",
                "the inputs are " + reference.inputs());
          }
          ranges.put(name, range(name, text));
        });
    return new GeneratedSamples(seed, reference.inputs(), ranges, shapes);
  }

  private static ValueRange range(String name, String text) {
    try {
      return ValueRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw DiagnosticException.of(
          Code.BAD_DATA, "--range " + name + "=" + text, "no range", "write it as NAME=-1..1");
    }
  }

  /** Inputs of the converted model, with open dims that its weights and shapes tell. */
  private static List<Port> told(List<Port> ports, Optional<Graph> onnx, Map<String, Long> dims) {
    Map<String, TensorType> types = onnx.map(OpenExtents::of).orElse(Map.of());
    Map<String, Long> extents =
        onnx.map(g -> ConsistentExtents.of(g, types, dims)).orElse(Map.of());
    return ports.stream()
        .map(p -> new Port(p.name(), with(types.getOrDefault(p.name(), p.type()), extents)))
        .toList();
  }

  private static TensorType with(TensorType type, Map<String, Long> extents) {
    Shape shape = type.shape();
    for (int i = 0; shape.isRanked() && i < shape.rank(); i++) {
      Long extent = extents.get(shape.dim(i).toString());
      shape = extent == null ? shape : shape.with(i, Dim.of(extent));
    }
    return type.withShape(shape);
  }
}
