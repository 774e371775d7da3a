// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.data.TensorText;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.infer.InferShapes;
import org.tf2trt.passes.infer.Inference;
import org.tf2trt.passes.infer.PinShapes;
import org.tf2trt.passes.infer.ShapeSpec;

/** Inputs that always have the same value, such as the switch between training and inference. */
final class FixedInputs {
  private FixedInputs() {}

  /**
   * Puts constants in the place of inputs, and infers what follows from them.
   *
   * @param values elements with commas between them, by the inputs' names. One element fills a
   *     shape that is known and is a scalar where the rank is open; the extent that a list has
   *     settles an open dim.
   * @param state inputs that variables are, which are not to be fixed here
   * @return the constants
   * @throws DiagnosticException {@code UNKNOWN_NAME} for an input that does not exist, {@code
   *     BAD_DATA} for a value that does not fit it
   */
  static Map<String, TensorData> fix(Graph graph, Map<String, String> values, Set<String> state) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<String, TensorData> fixed = new LinkedHashMap<>();
    values.forEach((name, text) -> fixed.put(name, value(find(graph, name, state), text)));
    List<ShapeSpec> shapes = new ArrayList<>();
    fixed.forEach((name, data) -> shapes.add(new ShapeSpec(name, Shape.of(data.shape()))));
    PinShapes.pin(graph, shapes);
    fixed.forEach(
        (name, data) -> {
          Value.Param param = find(graph, name, state);
          param.replaceAllUsesWith(new Value.Constant(data, new Provenance.Tf("", name)));
          graph.removeParam(param);
        });
    InferShapes.run(graph, new Inference());
    return fixed;
  }

  private static Value.Param find(Graph graph, String name, Set<String> state) {
    List<Value.Param> inputs =
        graph.params().stream().filter(p -> !state.contains(p.name())).toList();
    return inputs.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                DiagnosticException.of(
                    Code.UNKNOWN_NAME,
                    name,
                    "there is no such input to fix the value of",
                    "the inputs are "
                        + inputs.stream()
                            .map(p -> p.name() + ": " + p.type())
                            .collect(Collectors.joining(", "))));
  }

  private static TensorData value(Value.Param input, String text) {
    List<String> elements = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    long[] shape = shape(input, elements.size());
    if (elements.size() == 1) {
      elements = Collections.nCopies(count(shape), elements.get(0));
    }
    try {
      return input.dtype() == DType.STRING
          ? TensorData.ofStrings(shape, elements)
          : TensorText.parse(input.dtype(), shape, elements);
    } catch (IllegalArgumentException e) {
      throw bad(input, "'" + text + "' does not fit: " + e.getMessage());
    }
  }

  private static long[] shape(Value.Param input, int given) {
    if (!input.shape().isRanked()) {
      return given == 1 ? new long[0] : new long[] {given};
    }
    List<Dim> dims = input.shape().dims();
    long known = 1;
    int open = 0;
    for (Dim dim : dims) {
      known *= dim.isKnown() ? dim.size() : 1;
      open += dim.isKnown() ? 0 : 1;
    }
    boolean fits = open == 0 ? given == known || given == 1 : open == 1 && given % known == 0;
    if (!fits) {
      throw bad(input, "%d elements do not make up its shape".formatted(given));
    }
    long rest = given / known;
    return dims.stream().mapToLong(d -> d.isKnown() ? d.size() : rest).toArray();
  }

  private static int count(long[] shape) {
    return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
  }

  private static DiagnosticException bad(Value.Param input, String why) {
    return DiagnosticException.of(
        Code.BAD_DATA,
        "input '" + input.name() + "'",
        why,
        "it takes "
            + input.type()
            + "; write --value "
            + input.name()
            + "=0.5, or more elements with commas between them");
  }
}
