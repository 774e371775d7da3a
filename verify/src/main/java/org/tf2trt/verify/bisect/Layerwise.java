// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.frontend.quantized.Jump;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.check.Candidate;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.compare.OutputResult;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.OrtRunner;
import org.tf2trt.verify.run.Port;

/**
 * A converted model that quantises its values, layer by layer: behind each quantisation it goes on
 * with the original's value instead of its own. Where the last bit of a sum decides between two
 * steps, a network passes the whole step on and its outputs may end up anywhere; a layer that is
 * given the original's values has no such excuse.
 */
public final class Layerwise implements ModelRunner, Candidate.Further {
  /**
   * Errors that moved steps do not make: a factor is somewhere else. To leave out more than needs
   * be only lets the next place answer for more.
   */
  private static final double SCALED = 0.5;

  private final InnerTensors original;
  private final List<Cut> cuts;
  private final Path folder;
  private final OrtRunner runner;
  private final Map<String, DType> types = new HashMap<>();
  private Map<String, TensorData> values = Map.of();
  private Map<String, TensorData> scores = Map.of();

  private Layerwise(InnerTensors original, List<Cut> cuts, Path folder, OrtRunner runner) {
    this.original = original;
    this.cuts = cuts;
    this.folder = folder;
    this.runner = runner;
    runner.inputs().forEach(p -> types.put(p.name(), p.type().dtype()));
  }

  /**
   * Cuts a model where it has the original's quantised tensors. A place where, given the original's
   * values before, it has others is none: fusion moved a factor away from it. Such a place is left
   * out, so that the next one is compared with what is computed from those before.
   *
   * @param onnx the converted model
   * @param jumps where the original quantises
   * @param feeds of the original, to find the places with
   * @return empty when there is no such place
   */
  public static Optional<Layerwise> open(
      Path onnx, List<Jump> jumps, InnerTensors original, Map<String, TensorData> feeds) {
    Path folder = LayerErrors.folder();
    try {
      List<Cut> cuts = aligned(onnx, jumps, original, feeds, folder);
      while (!cuts.isEmpty()) {
        Path file = folder.resolve("cut_" + cuts.size() + ".onnx");
        Graph graph = Cut.write(onnx, cuts, file);
        Layerwise model = new Layerwise(original, cuts, folder, OrtRunner.open(file));
        List<Cut> wrong;
        try {
          wrong = model.firstWrong(graph, feeds);
        } catch (RuntimeException e) {
          model.runner.close();
          throw e;
        }
        if (wrong.isEmpty()) {
          return Optional.of(model);
        }
        model.runner.close();
        cuts = cuts.stream().filter(c -> !wrong.contains(c)).toList();
      }
      LayerErrors.delete(folder);
      return Optional.empty();
    } catch (RuntimeException e) {
      LayerErrors.delete(folder);
      throw e;
    }
  }

  private static List<Cut> aligned(
      Path onnx,
      List<Jump> jumps,
      InnerTensors original,
      Map<String, TensorData> feeds,
      Path folder) {
    List<Cut> found = Cut.in(OnnxReader.read(onnx).graph(), jumps);
    List<String> wanted = new ArrayList<>(found.stream().map(Cut::tensor).toList());
    found.forEach(c -> c.jump().scores().ifPresent(s -> wanted.add(s.tensor())));
    Set<String> known = Set.copyOf(original.known(wanted));
    List<Cut> all =
        found.stream()
            .filter(c -> known.contains(c.tensor()))
            .filter(c -> c.jump().scores().map(s -> known.contains(s.tensor())).orElse(true))
            .toList();
    if (all.isEmpty()) {
      return all;
    }
    Path file = folder.resolve("marked.onnx");
    Cut.mark(onnx, all, file);
    Map<String, TensorData> theirs = original.fetch(feeds, all.stream().map(Cut::tensor).toList());
    List<Cut> aligned = new ArrayList<>();
    try (OrtRunner runner = OrtRunner.open(file)) {
      Map<String, TensorData> ours = runner.run(Fit.feeds(feeds, runner.inputs()));
      for (Cut c : all) {
        TensorData own = ours.get(c.output());
        Optional.ofNullable(theirs.get(c.tensor()))
            .map(t -> typed(own.dtype(), t))
            .filter(t -> t.dtype() == own.dtype())
            .flatMap(t -> Alignment.fit(t, own, LayerErrors::error))
            .filter(f -> f.way() != Alignment.RESHAPED)
            .filter(f -> c.jump().scores().isPresent() || LayerErrors.error(own, f.data()) < SCALED)
            .ifPresent(f -> aligned.add(c.lying(f.way())));
      }
    }
    return aligned;
  }

  /** The places that are wrong though those before them are right. */
  private List<Cut> firstWrong(Graph cut, Map<String, TensorData> feeds) {
    Map<String, TensorData> expected = expected(feeds);
    Map<String, TensorData> actual = run(Fit.feeds(feeds, inputs()));
    List<Cut> wrong =
        cuts.stream()
            .filter(
                c ->
                    !OutputResult.compare(
                            "", actual.get(name(c)), expected.get(name(c)), c.tolerance())
                        .passed())
            .toList();
    // Behind such a place the original's value goes on, which may not fit either.
    Set<String> doubtful = Set.copyOf(wrong.stream().map(Cut::input).toList());
    List<Node> nodes = cut.nodes();
    List<Cut> first =
        wrong.stream()
            .filter(
                c ->
                    Probe.sources(nodes.get(c.node()).result(), Set.of()).stream()
                        .noneMatch(v -> v instanceof Value.Param p && doubtful.contains(p.name())))
            .toList();
    return first.isEmpty() ? wrong : first;
  }

  /** The steps of the tensors that are compared beside the outputs, by their names. */
  public Map<String, Double> steps() {
    Map<String, Double> steps = new LinkedHashMap<>();
    cuts.forEach(c -> steps.put(name(c), c.jump().scores().isPresent() ? 1 : c.jump().step()));
    return steps;
  }

  /** What may be off: a step for a quantised tensor, else what {@code outputs} says. */
  public Candidate.Bounds bounds(Candidate.Bounds outputs) {
    Map<String, Tolerance> own = new HashMap<>();
    cuts.forEach(c -> own.put(name(c), c.tolerance()));
    return (name, dtype) -> own.containsKey(name) ? own.get(name) : outputs.of(name, dtype);
  }

  /** TensorFlow has types of its own for eight-bit integers that stand for numbers. */
  private static TensorData typed(DType dtype, TensorData value) {
    boolean bits =
        value.dtype() == DType.QU8 && dtype == DType.U8
            || value.dtype() == DType.QI8 && dtype == DType.I8;
    return bits ? value.reinterpret(dtype) : Fit.as(dtype, value);
  }

  private static String name(Cut c) {
    String what = c.jump().scores().isPresent() ? "labels" : "quantised";
    return what + " '" + c.tensor().replaceFirst(":0$", "") + "'";
  }

  @Override
  public Map<String, TensorData> expected(Map<String, TensorData> feeds) {
    List<String> tensors = new ArrayList<>(cuts.stream().map(Cut::tensor).toList());
    cuts.forEach(c -> c.jump().scores().ifPresent(s -> tensors.add(s.tensor())));
    Map<String, TensorData> fetched = original.fetch(feeds, tensors);
    values = new LinkedHashMap<>();
    scores = new HashMap<>();
    cuts.forEach(
        c -> c.jump().scores().ifPresent(s -> scores.put(name(c), fetched.get(s.tensor()))));
    for (Cut c : cuts) {
      TensorData value = fetched.get(c.tensor());
      values.put(name(c), typed(types.get(c.input()), value));
    }
    return values;
  }

  @Override
  public List<Port> inputs() {
    Set<String> own = Set.copyOf(cuts.stream().map(Cut::input).toList());
    return runner.inputs().stream().filter(p -> !own.contains(p.name())).toList();
  }

  @Override
  public List<Port> outputs() {
    Set<String> own = Set.copyOf(cuts.stream().map(Cut::output).toList());
    return runner.outputs().stream().filter(p -> !own.contains(p.name())).toList();
  }

  /** Goes on with the values that were last {@link #expected}. */
  @Override
  public Map<String, TensorData> run(Map<String, TensorData> feeds) {
    Map<String, TensorData> all = new LinkedHashMap<>(feeds);
    for (Cut c : cuts) {
      all.put(c.input(), c.way().toConverted(values.get(name(c)), new long[0]));
    }
    Map<String, TensorData> results = new LinkedHashMap<>(runner.run(all));
    for (Cut c : cuts) {
      TensorData own = c.way().toOriginal(results.remove(c.output()));
      results.put(
          name(c),
          c.jump()
              .scores()
              .map(s -> Ties.settled(own, values.get(name(c)), scores.get(name(c)), s.axis()))
              .orElse(own));
    }
    return results;
  }

  @Override
  public void close() {
    runner.close();
    LayerErrors.delete(folder);
  }
}
