// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxModel;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;

/**
 * Searches for the first TensorFlow node that an engine computes differently, on one call. Inner
 * tensors are seen as outputs only, and outputs keep TensorRT from fusing: so each round builds an
 * engine of the model with a few more outputs, spread over what is left, and the search goes on
 * between the last that agrees and the first that does not.
 *
 * <p>Tensors in which ONNX Runtime differs from TensorFlow already are left out: the converted
 * model has something else there, such as a scale that moved to the next node.
 */
public final class EngineErrors {
  private final Path onnx;
  private final InnerTensors original;
  private final Map<String, TensorData> feeds;
  private final Function<Path, ModelRunner> engines;
  private final double floor;
  private final Path variant;
  private final Graph graph;
  private final List<Layer> known = new ArrayList<>();
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final Map<Value, Integer> places = new HashMap<>();
  private final Map<Integer, EngineLayer> measured = new TreeMap<>();

  private EngineErrors(
      Path onnx,
      InnerTensors original,
      Map<String, TensorData> feeds,
      Function<Path, ModelRunner> engines,
      double floor,
      Path scratch) {
    this.onnx = onnx;
    this.original = original;
    this.feeds = feeds;
    this.engines = engines;
    this.floor = floor;
    this.variant = scratch.resolve("marked.onnx");
    LayerErrors.Profile profile = LayerErrors.measure(onnx, original, feeds, floor);
    this.graph = profile.graph();
    graph.nodes().forEach(n -> numbers.put(n, numbers.size()));
    for (Layer layer : profile.layers()) {
      if (!layer.fails()) {
        places.put(layer.probe().value(), known.size());
        known.add(layer);
      }
    }
  }

  /**
   * What was measured, and where the difference begins.
   *
   * @param graph of the converted model
   * @param layers that were looked at, in definition order
   * @param found empty when all agree as long as they are outputs
   * @param agreesAsItIs whether nothing was found, and an engine of the model as it is gives ONNX
   *     Runtime's outputs as well: what differed was not made from it
   */
  public record Search(
      Graph graph, List<EngineLayer> layers, Optional<Bisection> found, boolean agreesAsItIs) {
    public Search {
      layers = List.copyOf(layers);
    }
  }

  /**
   * Runs it.
   *
   * @param onnx what the engine was built from
   * @param feeds of the original
   * @param engines builds a model like the engine
   * @param floor what floats may be off by at least
   * @throws org.tf2trt.ir.diag.DiagnosticException when a variant does not build or run
   */
  public static Search search(
      Path onnx,
      InnerTensors original,
      Map<String, TensorData> feeds,
      Function<Path, ModelRunner> engines,
      double floor) {
    Path scratch = LayerErrors.folder();
    try {
      EngineErrors errors = new EngineErrors(onnx, original, feeds, engines, floor, scratch);
      Optional<Bisection> found = errors.find();
      return new Search(
          errors.graph,
          List.copyOf(errors.measured.values()),
          found,
          found.isEmpty() && errors.agreesAsItIs());
    } finally {
      LayerErrors.delete(scratch);
    }
  }

  private Optional<Bisection> find() {
    int low = -1;
    int high = known.size();
    while (high - low > 1) {
      List<Integer> marks = FirstDivergence.spread(low, high);
      measure(marks);
      for (int mark : marks) {
        if (fails(mark)) {
          high = mark;
          break;
        }
        low = mark;
      }
    }
    return high == known.size() ? Optional.empty() : Optional.of(settle(high));
  }

  /** Of several branches, those that the search did not see may differ earlier. */
  private Bisection settle(int first) {
    int culprit = first;
    while (true) {
      List<Integer> sources = sources(culprit);
      measure(sources.stream().filter(s -> !measured.containsKey(s)).toList());
      Optional<Integer> earlier = sources.stream().filter(this::fails).findFirst();
      if (earlier.isEmpty()) {
        List<Layer> inputs =
            sources.stream()
                .filter(measured::containsKey)
                .map(s -> measured.get(s).engine())
                .toList();
        return new Bisection(measured.get(culprit).engine(), inputs);
      }
      culprit = earlier.get(); // defined before, so this ends
    }
  }

  private List<Integer> sources(int place) {
    TreeSet<Integer> found = new TreeSet<>();
    for (Value v : Probe.sources(known.get(place).probe().value(), places.keySet())) {
      if (places.containsKey(v)) {
        found.add(places.get(v));
      }
    }
    return List.copyOf(found);
  }

  private boolean fails(int place) {
    return measured.containsKey(place) && measured.get(place).engine().fails();
  }

  private void measure(List<Integer> marks) {
    if (marks.isEmpty()) {
      return;
    }
    write(marks);
    Map<String, TensorData> expected =
        original.fetch(feeds, marks.stream().map(m -> known.get(m).probe().tensor()).toList());
    Map<String, TensorData> plain;
    try (OrtRunner runner = OrtRunner.open(variant)) {
      plain = runner.run(Fit.feeds(feeds, runner.inputs()));
    }
    Map<String, TensorData> actual;
    try (ModelRunner runner = engines.apply(variant)) {
      actual = runner.run(Fit.feeds(feeds, runner.inputs()));
    }
    for (int mark : marks) {
      Probe probe = known.get(mark).probe();
      TensorData given = actual.get(name(mark));
      if (given != null) {
        double apart = apart(given, plain.get(name(mark)));
        LayerErrors.compare(probe, given, expected.get(probe.tensor()), floor)
            .ifPresent(l -> measured.put(mark, new EngineLayer(l, known.get(mark).error(), apart)));
      }
    }
  }

  private boolean agreesAsItIs() {
    Map<String, TensorData> plain;
    try (OrtRunner runner = OrtRunner.open(onnx)) {
      plain = runner.run(Fit.feeds(feeds, runner.inputs()));
    }
    try (ModelRunner runner = engines.apply(onnx)) {
      Map<String, TensorData> actual = runner.run(Fit.feeds(feeds, runner.inputs()));
      return plain.entrySet().stream()
          .allMatch(
              e -> {
                TensorData given = actual.get(e.getKey());
                Tolerance table = Tolerance.of(e.getValue().dtype());
                double bound = Math.max(table.scaled(), floor);
                return given != null && apart(given, e.getValue()) <= bound;
              });
    }
  }

  private static double apart(TensorData engine, TensorData onnx) {
    TensorData typed = Fit.as(engine.dtype(), onnx);
    return typed.type().equals(engine.type())
        ? LayerErrors.error(engine, typed)
        : Double.POSITIVE_INFINITY;
  }

  private void write(List<Integer> marks) {
    OnnxModel model = OnnxReader.read(onnx);
    List<Node> nodes = model.graph().nodes();
    for (int mark : marks) {
      Value value = known.get(mark).probe().value();
      Node same = nodes.get(numbers.get(value.producer().orElseThrow()));
      model.graph().addOutput(name(mark), same.result(((Value.Result) value).index()));
    }
    int opset = Math.max(EmitOptions.MIN_OPSET, Math.min(model.opset(), EmitOptions.MAX_OPSET));
    OnnxWriter.write(model.graph(), EmitOptions.DEFAULT.withOpset(opset), variant);
  }

  private static String name(int mark) {
    return LayerErrors.PREFIX + mark;
  }
}
