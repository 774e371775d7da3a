// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Lookups in tables of numbers (lookup_table_op.cc). The import gives them the keys and values in
 * the place of the handle; tables that it does not know are for the host.
 */
final class TableLowerings {
  /** A gap in the keys costs a row; beyond this, comparing with each key is cheaper. */
  private static final int SPARSE = 16;

  private TableLowerings() {}

  static void addTo(LoweringTable table) {
    for (String version : List.of("", "V2")) {
      table.one("LookupTableFind" + version, TableLowerings::find);
      table.one("LookupTableSize" + version, TableLowerings::size);
      table.add("LookupTableExport" + version, TableLowerings::export);
    }
  }

  private static void requireKnown(TfNode node, int inputs) {
    if (node.inputCount() != inputs) {
      throw node.refuse(
          "the contents of the table are not in the graph", "cut the graph behind it (--inputs)");
    }
  }

  private static Value find(TfNode node, OnnxBuilder b) {
    requireKnown(node, 4);
    Value keys = node.input(0);
    Value values = node.input(1);
    Value asked = node.input(2);
    Value otherwise = node.input(3);
    Optional<long[]> known =
        keys.constant().filter(k -> k.dtype().isInteger()).map(TensorData::longs);
    if (known.isPresent() && isDense(known.get())) {
      return dense(b, known.get(), values, asked, otherwise);
    }
    Value equal = b.op("Equal", b.unsqueeze(asked, -1), keys);
    Value hits = b.cast(equal, DType.F32);
    Value found = b.cast(b.reduce("ReduceMax", hits, false, -1), DType.BOOL);
    Value at = b.op("ArgMax", Map.of("axis", Attr.of(-1), "keepdims", Attr.of(0)), hits);
    return b.where(found, b.op("Gather", values, at), otherwise);
  }

  private static boolean isDense(long[] keys) {
    if (keys.length == 0) {
      return false;
    }
    long min = Arrays.stream(keys).min().orElseThrow();
    long max = Arrays.stream(keys).max().orElseThrow();
    long span = max - min;
    return span >= 0 && span < (long) SPARSE * keys.length;
  }

  /** Keys close to each other are an index; {@code rows} holds the place of each, or -1. */
  private static Value dense(
      OnnxBuilder b, long[] keys, Value values, Value asked, Value otherwise) {
    long min = Arrays.stream(keys).min().orElseThrow();
    int span = (int) (Arrays.stream(keys).max().orElseThrow() - min) + 1;
    long[] rows = new long[span];
    Arrays.fill(rows, -1);
    for (int i = 0; i < keys.length; i++) {
      rows[(int) (keys[i] - min)] = i;
    }
    Value key = b.cast(asked, DType.I64);
    Value last = b.scalar(DType.I64, span - 1);
    Value zero = b.scalar(DType.I64, 0);
    Value offset = b.sub(key, b.constant(TensorData.ofLongs(new long[0], min)));
    Value clipped = b.op("Min", b.op("Max", offset, zero), last);
    Value inside = b.op("Equal", clipped, offset);
    if (IntStream.range(0, span).allMatch(i -> rows[i] == i)) {
      return b.where(inside, b.op("Gather", values, clipped), otherwise);
    }
    Value row = b.op("Gather", b.ints(rows), clipped);
    Value found = b.op("And", inside, b.op("GreaterOrEqual", row, zero));
    return b.where(found, b.op("Gather", values, b.op("Max", row, zero)), otherwise);
  }

  private static Value size(TfNode node, OnnxBuilder b) {
    requireKnown(node, 2);
    return b.squeeze(b.shapeOf(node.input(0)), 0);
  }

  /** TensorFlow's order is that of its hash map, which it does not promise. */
  private static List<Value> export(TfNode node, OnnxBuilder b) {
    requireKnown(node, 2);
    return List.of(b.op("Identity", node.input(0)), b.op("Identity", node.input(1)));
  }
}
