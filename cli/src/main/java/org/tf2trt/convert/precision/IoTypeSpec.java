// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert.precision;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.precision.IoTypes;
import org.tf2trt.passes.precision.Precision;

/**
 * {@code --io-type}: {@code fp16} for every float32 input and output, or {@code NAME=fp16} for one;
 * later items override earlier ones.
 */
public final class IoTypeSpec {
  private IoTypeSpec() {}

  /** The low type that the items name; FP32 when they name none. */
  public static Precision low(List<String> items) {
    Precision low = Precision.FP32;
    for (String item : items) {
      Precision named = type(item, item.substring(item.lastIndexOf('=') + 1));
      if (named.isLow() && low.isLow() && named != low) {
        throw bad(item, "fp16 and bf16 do not go together", "choose one");
      }
      low = named.isLow() ? named : low;
    }
    return low;
  }

  /** Resolves the items against a graph's float32 inputs and outputs. */
  public static IoTypes resolve(List<String> items, Graph graph) {
    Map<String, DType> types = new LinkedHashMap<>();
    graph.params().forEach(p -> types.put(p.name(), p.dtype()));
    for (int i = 0; i < graph.outputs().size(); i++) {
      types.putIfAbsent(graph.outputNames().get(i), graph.outputs().get(i).dtype());
    }
    Set<String> low = new LinkedHashSet<>();
    for (String item : items) {
      int equals = item.lastIndexOf('=');
      boolean isLow = type(item, item.substring(equals + 1)).isLow();
      Set<String> names = new LinkedHashSet<>();
      if (equals < 0) {
        types.forEach(
            (name, dtype) -> {
              if (dtype == DType.F32) {
                names.add(name);
              }
            });
      } else {
        names.add(requireFloat(item, item.substring(0, equals), types));
      }
      if (isLow) {
        low.addAll(names);
      } else {
        low.removeAll(names);
      }
    }
    return new IoTypes(low);
  }

  private static String requireFloat(String item, String name, Map<String, DType> types) {
    if (!types.containsKey(name)) {
      throw DiagnosticException.of(
          Code.UNKNOWN_NAME,
          "--io-type " + item,
          "there is no input or output '" + name + "'",
          "the names are " + String.join(", ", types.keySet()));
    }
    if (types.get(name) != DType.F32) {
      throw bad(
          item, "'" + name + "' is " + types.get(name).text() + ", not f32", "leave it as it is");
    }
    return name;
  }

  private static Precision type(String item, String text) {
    try {
      return Precision.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw bad(item, "'" + text + "' is no type", "write fp32, fp16 or bf16");
    }
  }

  private static DiagnosticException bad(String item, String what, String next) {
    return DiagnosticException.of(Code.UNSUPPORTED_DTYPE, "--io-type " + item, what, next);
  }
}
