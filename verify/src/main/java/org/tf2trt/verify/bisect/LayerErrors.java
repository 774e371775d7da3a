// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

  private final InnerTensors original;
  private final Map<String, TensorData> feeds;
  private final double floor;
  private final OrtRunner runner;
  private final Map<String, TensorData> inputs;

  private LayerErrors(
      InnerTensors original, Map<String, TensorData> feeds, double floor, OrtRunner runner) {
    this.original = original;
    this.feeds = feeds;
    this.floor = floor;
    this.runner = runner;
    this.inputs = Fit.feeds(feeds, runner.inputs());
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
    List<NodeOutputs.Choice> choices =
        known(NodeOutputs.of(read.graph(), original.imported()), original);
    for (int i = 0; i < choices.size(); i++) {
      read.graph().addOutput(name(i), choices.get(i).value());
    }
    Path folder = folder();
    Path file = folder.resolve("probes.onnx");
    try {
      OnnxWriter.write(
          read.graph(),
          EmitOptions.DEFAULT.withOpset(Math.max(read.opset(), EmitOptions.MIN_OPSET)),
          file);
      try (OrtRunner runner = OrtRunner.open(file)) {
        LayerErrors errors = new LayerErrors(original, feeds, floor, runner);
        return new Profile(read.graph(), errors.layers(errors.settled(choices)));
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

  /** Without tensors that the original does not have. */
  private static List<NodeOutputs.Choice> known(
      List<NodeOutputs.Choice> choices, InnerTensors original) {
    Set<String> wanted = new LinkedHashSet<>();
    choices.forEach(c -> c.outputs().forEach(o -> wanted.add(c.tensor(o))));
    Set<String> known = Set.copyOf(original.known(List.copyOf(wanted)));
    return choices.stream()
        .map(
            c ->
                new NodeOutputs.Choice(
                    c.value(),
                    c.node(),
                    c.outputs().stream().filter(o -> known.contains(c.tensor(o))).toList()))
        .filter(c -> !c.outputs().isEmpty())
        .toList();
  }

  /**
   * What each value stands for, by the output that it is in the model. Where readers leave a
   * choice, those of one node and its outputs are paired by their errors, the least first: an
   * output that differs is what the others leave.
   */
  private Map<String, Probe> settled(List<NodeOutputs.Choice> choices) {
    Map<Integer, Probe> settled = new TreeMap<>();
    Map<String, Integer> last = new HashMap<>();
    Map<String, List<Integer>> open = new LinkedHashMap<>();
    for (int i = 0; i < choices.size(); i++) {
      NodeOutputs.Choice choice = choices.get(i);
      if (choice.outputs().size() == 1) {
        String tensor = choice.tensor(choice.outputs().get(0));
        Integer before = last.put(tensor, i); // the last one counts
        settled.remove(before == null ? -1 : before);
        settled.put(i, new Probe(choice.value(), tensor));
      } else {
        open.computeIfAbsent(choice.node(), n -> new ArrayList<>()).add(i);
      }
    }
    open.values().forEach(group -> settled.putAll(paired(choices, group)));
    Map<String, Probe> byOutput = new LinkedHashMap<>();
    settled.forEach((i, probe) -> byOutput.put(name(i), probe));
    return byOutput;
  }

  private Map<Integer, Probe> paired(List<NodeOutputs.Choice> choices, List<Integer> group) {
    Map<Integer, TensorData> actual = new HashMap<>();
    Set<String> tensors = new LinkedHashSet<>();
    Set<String> wanted = new LinkedHashSet<>();
    for (int i : group) {
      wanted.add(name(i));
      choices.get(i).outputs().forEach(o -> tensors.add(choices.get(i).tensor(o)));
    }
    Map<String, TensorData> given = runner.run(inputs, wanted);
    Map<String, TensorData> expected = original.fetch(feeds, List.copyOf(tensors));
    group.forEach(i -> actual.put(i, given.get(name(i))));
    List<Pair> pairs = new ArrayList<>();
    for (int i : group) {
      for (int output : choices.get(i).outputs()) {
        Probe probe = new Probe(choices.get(i).value(), choices.get(i).tensor(output));
        Optional.ofNullable(expected.get(probe.tensor()))
            .flatMap(e -> compare(probe, actual.get(i), e, floor))
            .ifPresent(l -> pairs.add(new Pair(i, l)));
      }
    }
    pairs.sort(Comparator.comparingDouble(p -> p.layer().error()));
    Map<Integer, Probe> paired = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Pair pair : pairs) {
      Probe probe = pair.layer().probe();
      if (!paired.containsKey(pair.choice()) && taken.add(probe.tensor())) {
        paired.put(pair.choice(), probe);
      }
    }
    return paired;
  }

  private record Pair(int choice, Layer layer) {}

  private List<Layer> layers(Map<String, Probe> probes) {
    List<Layer> layers = new ArrayList<>();
    List<String> names = List.copyOf(probes.keySet());
    for (int start = 0; start < names.size(); start += TOGETHER) {
      List<String> some = names.subList(start, Math.min(start + TOGETHER, names.size()));
      Map<String, TensorData> expected =
          original.fetch(feeds, some.stream().map(n -> probes.get(n).tensor()).toList());
      Map<String, TensorData> actual = runner.run(inputs, new LinkedHashSet<>(some));
      for (String name : some) {
        Probe probe = probes.get(name);
        Optional.ofNullable(expected.get(probe.tensor()))
            .flatMap(e -> compare(probe, actual.get(name), e, floor))
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
