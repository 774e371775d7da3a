// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.golden.Golden;

/**
 * What goldens tell about the inputs of a model that no engine can be made of as it stands: what a
 * user would say with {@code --shape} and {@code --value}.
 *
 * @param what is fixed, in a word or two
 * @param shapes to pin
 * @param values of inputs that become constants
 * @param calls the goldens that fit
 */
record Narrowing(String what, List<String> shapes, Map<String, String> values, List<Golden> calls) {
  /** An input of more elements is data, and not a setting. */
  private static final int SETTING = 8;

  Narrowing {
    shapes = List.copyOf(shapes);
    values = Map.copyOf(values);
    calls = List.copyOf(calls);
  }

  /** Whether a narrower model may be what a refusal asks for. */
  static boolean mayHelp(DiagnosticException e) {
    return e.diagnostics().stream().anyMatch(d -> d.code() == Code.NOT_FOR_TENSORRT);
  }

  /** What a report says of it, of a model with so many goldens. */
  String note(int all) {
    String others =
        calls.size() < all
            ? "; %d of %d goldens have others and were left out".formatted(all - calls.size(), all)
            : "";
    return "note: with the %s of the first golden%s".formatted(what, others);
  }

  /** Of a model with these calls, the narrowest last; there is at least one call. */
  static List<Narrowing> of(List<Golden> calls) {
    Map<String, TensorData> first = new TreeMap<>(calls.get(0).inputs());
    List<Narrowing> all = new ArrayList<>();
    List<String> ranks = new ArrayList<>();
    List<String> shapes = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    first.forEach(
        (name, data) -> {
          ranks.add(name + "=" + String.join("x", Collections.nCopies(data.rank(), "?")));
          shapes.add(name + "=" + extents(data));
          if (data.elements() <= SETTING && data.rank() <= 1 && data.dtype() != DType.STRING) {
            values.put(name, elements(data));
          }
        });
    all.add(new Narrowing("ranks", ranks, Map.of(), alike(calls, d -> String.valueOf(d.rank()))));
    List<Golden> alike = alike(calls, Narrowing::extents);
    all.add(new Narrowing("shapes", shapes, Map.of(), alike));
    if (!values.isEmpty() && values.size() < first.size()) {
      List<String> rest =
          shapes.stream()
              .filter(s -> !values.containsKey(s.substring(0, s.lastIndexOf('='))))
              .toList();
      String what = "shapes and values of " + String.join(", ", values.keySet());
      all.add(new Narrowing(what, rest, values, sameValues(alike, values)));
    }
    return all;
  }

  private static List<Golden> alike(List<Golden> calls, Function<TensorData, String> by) {
    return calls.stream()
        .filter(c -> described(c.inputs(), by).equals(described(calls.get(0).inputs(), by)))
        .toList();
  }

  private static Map<String, String> described(
      Map<String, TensorData> inputs, Function<TensorData, String> by) {
    Map<String, String> described = new TreeMap<>();
    inputs.forEach((name, data) -> described.put(name, by.apply(data)));
    return described;
  }

  private static List<Golden> sameValues(List<Golden> calls, Map<String, String> values) {
    return calls.stream()
        .filter(
            c ->
                values.entrySet().stream()
                    .allMatch(e -> elements(c.inputs().get(e.getKey())).equals(e.getValue())))
        .toList();
  }

  private static String extents(TensorData data) {
    return Arrays.stream(data.shape()).mapToObj(String::valueOf).collect(Collectors.joining("x"));
  }

  private static String elements(TensorData data) {
    boolean real = data.dtype().isFloat();
    return IntStream.range(0, Math.toIntExact(data.elements()))
        .mapToObj(
            i ->
                real
                    ? text(data.doubles()[i])
                    : data.dtype() == DType.BOOL
                        ? String.valueOf(data.longs()[i] != 0)
                        : String.valueOf(data.longs()[i]))
        .collect(Collectors.joining(","));
  }

  private static String text(double v) {
    return Double.toString(v).replace("Infinity", "inf").replace("NaN", "nan");
  }
}
