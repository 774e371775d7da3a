// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.golden.Golden;

/** Models that leave the ranks of inputs open, which no engine can. */
final class OpenRanks {
  private OpenRanks() {}

  /** Whether pinning ranks may be what a refusal asks for. */
  static boolean areToBlame(DiagnosticException e) {
    return e.diagnostics().stream()
        .anyMatch(d -> d.code() == Code.NOT_FOR_TENSORRT && d.message().contains("rank"));
  }

  /** The calls whose inputs have the ranks of the first one's. */
  static List<Golden> alike(List<Golden> calls) {
    return calls.stream().filter(c -> isAlike(c.inputs(), calls.get(0).inputs())).toList();
  }

  private static boolean isAlike(Map<String, TensorData> a, Map<String, TensorData> b) {
    return a.entrySet().stream()
        .allMatch(
            e -> b.get(e.getKey()) != null && b.get(e.getKey()).rank() == e.getValue().rank());
  }

  /** The calls whose inputs have the shapes of the first one's. */
  static List<Golden> sameShapes(List<Golden> calls) {
    return calls.stream()
        .filter(c -> shapes(c.inputs()).equals(shapes(calls.get(0).inputs())))
        .toList();
  }

  /** Values of --shape that give each input the shape that it has in a call. */
  static List<String> shapes(Map<String, TensorData> inputs) {
    return new TreeMap<>(inputs)
        .entrySet().stream()
            .map(
                e ->
                    e.getKey()
                        + "="
                        + Arrays.stream(e.getValue().shape())
                            .mapToObj(String::valueOf)
                            .collect(Collectors.joining("x")))
            .toList();
  }

  /** Values of --shape that give each input the rank that it has in a call, and open extents. */
  static List<String> pins(Map<String, TensorData> inputs) {
    return inputs.entrySet().stream()
        .map(
            e -> e.getKey() + "=" + String.join("x", Collections.nCopies(e.getValue().rank(), "?")))
        .toList();
  }
}
