// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.compare.OutputResult;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.run.ModelRunner;

/**
 * Searches for the first tensor that a runtime computes differently from another one. All tensors
 * at once as outputs would keep an optimising runtime from fusing anything, so each round asks for
 * a few that are spread over what is left, and goes on between the last that agrees and the first
 * that does not.
 */
public final class FirstDivergence {
  /** Outputs of one round; three rounds are enough for 30,000 nodes. */
  private static final int MARKS = 32;

  private final Path onnx;
  private final Path scratch;
  private final Function<Path, ModelRunner> reference;
  private final Function<Path, ModelRunner> suspect;
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
      Function<Path, ModelRunner> suspect,
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
    int low = -1;
    int high = model.tensors().size();
    OutputResult worst = null;
    while (high - low > 1) {
      List<Integer> marks = spread(low, high);
      Map<Integer, OutputResult> results = compare(model, marks, inputs);
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
    if (worst == null) {
      return Optional.empty();
    }
    String agreeing = low < 0 ? "" : model.tensors().get(low).subject();
    return Optional.of(new Found(model.tensors().get(high).subject(), worst, agreeing));
  }

  /**
   * Whether the suspect gives the reference's outputs for the model as it is. When nothing was
   * found, a fusion may make the difference; but where this holds, whatever differed was not made
   * from this model.
   */
  public boolean agreesAsItIs(Map<String, TensorData> inputs) {
    Map<String, TensorData> expected = run(reference, onnx, inputs);
    Map<String, TensorData> actual = run(suspect, onnx, inputs);
    return expected.entrySet().stream()
        .allMatch(
            e -> {
              TensorData a = actual.get(e.getKey());
              TensorData b = e.getValue();
              return a != null && OutputResult.compare(e.getKey(), a, b, tolerance(b)).passed();
            });
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

  private Map<Integer, OutputResult> compare(
      MarkedModel model, List<Integer> marks, Map<String, TensorData> inputs) throws IOException {
    Path variant = scratch.resolve("marked.onnx");
    List<String> names = model.write(marks, variant);
    try {
      Map<String, TensorData> expected = run(reference, variant, inputs);
      Map<String, TensorData> actual = run(suspect, variant, inputs);
      Map<Integer, OutputResult> results = new LinkedHashMap<>();
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

  private static Map<String, TensorData> run(
      Function<Path, ModelRunner> runtime, Path variant, Map<String, TensorData> inputs) {
    try (ModelRunner runner = runtime.apply(variant)) {
      return runner.run(inputs);
    }
  }

  private Tolerance tolerance(TensorData data) {
    Tolerance table = Tolerance.of(data.dtype());
    return data.dtype().isFloat() ? new Tolerance(Math.max(table.scaled(), bound), null) : table;
  }
}
