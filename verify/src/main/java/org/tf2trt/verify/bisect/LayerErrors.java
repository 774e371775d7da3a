// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxModel;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.compare.OutputResult;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.run.OrtRunner;

/** Compares inner tensors of a converted model with those of the original, on one call. */
public final class LayerErrors {
  /** Tensors in memory at a time, of each of the two runtimes. */
  private static final int TOGETHER = 48;

  private final List<Probe> probes;
  private final InnerTensors original;
  private final Map<String, TensorData> feeds;
  private final double floor;

  private LayerErrors(
      List<Probe> probes, InnerTensors original, Map<String, TensorData> feeds, double floor) {
    this.probes = probes;
    this.original = original;
    this.feeds = feeds;
    this.floor = floor;
  }

  /**
   * Compares all tensors that match.
   *
   * @param model the converted one
   * @param feeds of the original
   * @return in definition order; values are not kept
   */
  public static Profile measure(Path model, InnerTensors original, Map<String, TensorData> feeds) {
    return measure(model, original, feeds, 0);
  }

  /** The same with a bound that floats may be off by at least. */
  static Profile measure(
      Path model, InnerTensors original, Map<String, TensorData> feeds, double floor) {
    OnnxModel read = OnnxReader.read(model);
    Set<String> known =
        new LinkedHashSet<>(
            original.known(Probe.of(read.graph()).stream().map(Probe::tensor).toList()));
    List<Probe> probes =
        Probe.of(read.graph()).stream().filter(p -> known.contains(p.tensor())).toList();
    for (int i = 0; i < probes.size(); i++) {
      read.graph().addOutput(name(i), probes.get(i).value());
    }
    Path folder = folder();
    Path file = folder.resolve("probes.onnx");
    try {
      OnnxWriter.write(
          read.graph(),
          EmitOptions.DEFAULT.withOpset(Math.max(read.opset(), EmitOptions.MIN_OPSET)),
          file);
      try (OrtRunner runner = OrtRunner.open(file)) {
        LayerErrors errors = new LayerErrors(probes, original, feeds, floor);
        return new Profile(read.graph(), errors.layers(runner));
      }
    } finally {
      delete(folder);
    }
  }

  /**
   * A network with the errors of its tensors.
   *
   * @param graph of the converted model; behind its own outputs come those that were probed
   * @param layers in definition order
   */
  public record Profile(Graph graph, List<Layer> layers) {
    public Profile {
      layers = List.copyOf(layers);
    }
  }

  private List<Layer> layers(OrtRunner runner) {
    Map<String, TensorData> inputs = Fit.feeds(feeds, runner.inputs());
    List<Layer> layers = new ArrayList<>();
    for (int start = 0; start < probes.size(); start += TOGETHER) {
      List<Probe> some = probes.subList(start, Math.min(start + TOGETHER, probes.size()));
      Set<String> wanted = new LinkedHashSet<>();
      for (int i = 0; i < some.size(); i++) {
        wanted.add(name(start + i));
      }
      Map<String, TensorData> expected =
          original.fetch(feeds, some.stream().map(Probe::tensor).toList());
      Map<String, TensorData> actual = runner.run(inputs, wanted);
      for (int i = 0; i < some.size(); i++) {
        compare(some.get(i), actual.get(name(start + i)), expected.get(some.get(i).tensor()), floor)
            .ifPresent(layers::add);
      }
    }
    return layers;
  }

  /** Empty when the two are of kinds that do not compare. */
  static Optional<Layer> compare(
      Probe probe, TensorData actual, TensorData expected, double floor) {
    DType dtype = actual.dtype();
    if (dtype == DType.STRING) {
      return Optional.empty();
    }
    TensorData typed = Fit.as(dtype, expected);
    if (typed.dtype() != dtype) {
      return Optional.empty();
    }
    Optional<Alignment.Fitted> fitted = Alignment.fit(typed, actual, LayerErrors::error);
    // Else not even of the same size.
    double error = fitted.map(f -> error(actual, f.data())).orElse(Double.POSITIVE_INFINITY);
    boolean moved = fitted.filter(f -> f.way() == Alignment.CHANNELS_FIRST).isPresent();
    double table = Tolerance.of(dtype).scaled();
    double allowed = dtype.isFloat() ? Math.max(floor, table) : table;
    return Optional.of(new Layer(probe, error, allowed, moved));
  }

  /** Of two tensors of one type; infinite where they do not agree on NaN and infinity. */
  static double error(TensorData actual, TensorData expected) {
    OutputResult result =
        OutputResult.compare("", actual, expected, Tolerance.of(expected.dtype()));
    if (result.metrics() == null || result.metrics().nonFinite() > 0) {
      return Double.POSITIVE_INFINITY;
    }
    return result.metrics().scaled();
  }

  /** Names of the outputs that probes are. */
  static final String PREFIX = "tf2trt_probe_";

  private static String name(int probe) {
    return PREFIX + probe;
  }

  static Path folder() {
    try {
      return Files.createTempDirectory("tf2trt-probes");
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          System.getProperty("java.io.tmpdir"),
          "no temporary folder can be made there",
          "name another with -Djava.io.tmpdir in TF2TRT_JAVA_OPTS");
    }
  }

  static void delete(Path folder) {
    try (var files = Files.list(folder)) {
      for (Path f : files.toList()) {
        Files.deleteIfExists(f);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A temporary file stays behind, which the system removes.
    }
  }
}
