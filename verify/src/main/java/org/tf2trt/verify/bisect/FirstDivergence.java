// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.compare.OutputResult;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.run.ModelRunner;

/**
 * Searches for the first tensor that a runtime computes differently from another one. Where the
 * runtime shows tensors as it runs, one look at all of them finds a node that computes something
 * else. But all tensors at once, shown or as outputs, keep an optimising runtime from fusing
 * anything: when they agree, each round asks for a few as outputs that are spread over what is
 * left, and goes on between the last that agrees and the first that does not.
 */
public final class FirstDivergence {
  /** Outputs of one round; three rounds are enough for 30,000 nodes. */
  private static final int MARKS = 32;

  private final Path onnx;
  private final Path scratch;
  private final Function<Path, ModelRunner> reference;
  private final SuspectRuntime suspect;
  private final double bound;

  /**
   * @param onnx the model
   * @param scratch folder for variants of it
   * @param reference loads a variant into the runtime to trust
   * @param suspect loads a variant into the other runtime
   * @param bound the error over the largest magnitude that floats may have
   */
  public FirstDivergence(
      Path onnx,
      Path scratch,
      Function<Path, ModelRunner> reference,
      SuspectRuntime suspect,
      double bound) {
    this.onnx = onnx;
    this.scratch = scratch;
    this.reference = reference;
    this.suspect = suspect;
    this.bound = bound;
  }

  /**
   * The node where the difference begins.
   *
   * @param node its TensorFlow name and ONNX op, {@code 'dense/MatMul' (MatMul)}
   * @param result its tensor in the two runtimes
   * @param agreeing the last tensor before it that was looked at and agrees; empty for none
   */
  public record Found(String node, OutputResult result, String agreeing) {}

  /**
   * Looks for it on given inputs; empty when all tensors agree as long as they are outputs, which
   * means that a fusion makes the difference.
   */
  public Optional<Found> find(Map<String, TensorData> inputs) throws IOException {
    MarkedModel model = MarkedModel.read(onnx);
    Optional<Found> shown = shown(model, inputs);
    return shown.isPresent() ? shown : searched(model, inputs);
  }

  /** All tensors at once; empty where they agree and where they cannot be seen. */
  private Optional<Found> shown(MarkedModel model, Map<String, TensorData> inputs)
      throws IOException {
    List<Integer> all = IntStream.range(0, model.tensors().size()).boxed().toList();
    Map<Integer, OutputResult> results;
    try {
      results = compare(model, all, inputs, this::observer);
    } catch (DiagnosticException e) {
      return Optional.empty(); // a network may build with few of these tensors and not with all
    }
    int agreeing = -1;
    for (Map.Entry<Integer, OutputResult> e : results.entrySet()) {
      if (!e.getValue().passed()) {
        return Optional.of(found(model, e.getKey(), e.getValue(), agreeing));
      }
      agreeing = e.getKey();
    }
    return Optional.empty();
  }

  private Optional<ModelRunner> observer(Path variant, List<String> tensors) {
    return suspect.observe(variant, Set.copyOf(tensors));
  }

  private Optional<Found> searched(MarkedModel model, Map<String, TensorData> inputs)
      throws IOException {
    int low = -1;
    int high = model.tensors().size();
    OutputResult worst = null;
    while (high - low > 1) {
      List<Integer> marks = spread(low, high);
      Map<Integer, OutputResult> results =
          compare(model, marks, inputs, (variant, names) -> Optional.of(suspect.load(variant)));
      for (int mark : marks) {
        OutputResult result = results.get(mark);
        if (result != null && !result.passed()) {
          high = mark;
          worst = result;
          break;
        }
        low = mark;
      }
    }
    return worst == null ? Optional.empty() : Optional.of(found(model, high, worst, low));
  }

  private static Found found(MarkedModel model, int first, OutputResult result, int agreeing) {
    return new Found(
        model.tensors().get(first).subject(),
        result,
        agreeing < 0 ? "" : model.tensors().get(agreeing).subject());
  }

  /** Indices strictly between two, the last one among them. */
  static List<Integer> spread(int low, int high) {
    TreeSet<Integer> marks = new TreeSet<>();
    int open = high - low - 1;
    for (int i = 1; i <= Math.min(MARKS, open); i++) {
      marks.add(low + (int) ((long) open * i / Math.min(MARKS, open)));
    }
    return List.copyOf(marks);
  }

  /** Of tensors that both runtimes gave, in the order of the marks. */
  private Map<Integer, OutputResult> compare(
      MarkedModel model, List<Integer> marks, Map<String, TensorData> inputs, Loader loader)
      throws IOException {
    Path variant = scratch.resolve("marked.onnx");
    List<String> names = model.write(marks, variant);
    Map<Integer, OutputResult> results = new LinkedHashMap<>();
    try {
      Optional<ModelRunner> loaded = loader.load(variant, names);
      if (loaded.isEmpty()) {
        return results;
      }
      Map<String, TensorData> actual;
      try (ModelRunner runner = loaded.get()) {
        actual = runner.run(inputs);
      }
      Map<String, TensorData> expected;
      try (ModelRunner runner = reference.apply(variant)) {
        expected = runner.run(inputs);
      }
      for (int i = 0; i < marks.size(); i++) {
        TensorData a = actual.get(names.get(i));
        TensorData e = expected.get(names.get(i));
        if (a != null && e != null) {
          results.put(marks.get(i), OutputResult.compare(names.get(i), a, e, tolerance(e)));
        }
      }
      return results;
    } finally {
      Files.deleteIfExists(variant);
      Files.deleteIfExists(variant.resolveSibling(variant.getFileName() + ".data"));
    }
  }

  /** How the suspect comes to run a variant; empty where it does not. */
  private interface Loader {
    Optional<ModelRunner> load(Path variant, List<String> marked);
  }

  private Tolerance tolerance(TensorData data) {
    Tolerance table = Tolerance.of(data.dtype());
    return data.dtype().isFloat() ? new Tolerance(Math.max(table.scaled(), bound), null) : table;
  }
}
