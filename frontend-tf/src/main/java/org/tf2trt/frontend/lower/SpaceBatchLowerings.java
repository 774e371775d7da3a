// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Blocks of positions to the batch and back (spacetobatch_op, batchtospace_op), for any rank and
 * any number of blocked axes: Pad, Reshape, Transpose, Reshape, and the reverse with a Slice at the
 * end.
 */
final class SpaceBatchLowerings {
  private SpaceBatchLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("SpaceToBatchND", (n, b) -> toBatch(n, b, n.constantIntegers(1), n.input(2)));
    table.one("BatchToSpaceND", (n, b) -> toSpace(n, b, n.constantIntegers(1), n.input(2)));
    table.one("SpaceToBatch", (n, b) -> toBatch(n, b, square(n), n.input(1)));
    table.one("BatchToSpace", (n, b) -> toSpace(n, b, square(n), n.input(1)));
  }

  private static long[] square(TfNode node) {
    return new long[] {node.integer("block_size"), node.integer("block_size")};
  }

  private static Value toBatch(TfNode node, OnnxBuilder build, long[] block, Value paddings) {
    int rank = node.rank(0);
    int m = block.length;
    Value x = pad(node, build, paddings, rank, m);
    Extents split = new Extents(build).add(x, 0);
    Extents target = new Extents(build).addTimes(x, 0, product(block));
    for (int i = 0; i < m; i++) {
      split.addQuotient(x, i + 1, block[i]).add(block[i]);
      target.addQuotient(x, i + 1, block[i]);
    }
    List<Integer> perm = new ArrayList<>();
    for (int i = 0; i < m; i++) {
      perm.add(2 * i + 2);
    }
    perm.add(0);
    for (int i = 0; i < m; i++) {
      perm.add(2 * i + 1);
    }
    for (int i = m + 1; i < rank; i++) {
      split.add(x, i);
      target.add(x, i);
      perm.add(i + m);
    }
    Value blocks = build.reshape(x, split.vector());
    return build.reshape(build.transpose(blocks, ints(perm)), target.vector());
  }

  private static Value toSpace(TfNode node, OnnxBuilder build, long[] block, Value crops) {
    Value x = node.input(0);
    int rank = node.rank(0);
    int m = block.length;
    Extents split = new Extents(build);
    for (long b : block) {
      split.add(b);
    }
    split.addQuotient(x, 0, product(block));
    Extents target = new Extents(build).addQuotient(x, 0, product(block));
    List<Integer> perm = new ArrayList<>(List.of(m));
    for (int i = 0; i < m; i++) {
      split.add(x, i + 1);
      target.addTimes(x, i + 1, block[i]);
      perm.add(m + 1 + i);
      perm.add(i);
    }
    for (int i = m + 1; i < rank; i++) {
      split.add(x, i);
      target.add(x, i);
      perm.add(i + m);
    }
    Value blocks = build.reshape(x, split.vector());
    Value joined = build.reshape(build.transpose(blocks, ints(perm)), target.vector());
    return crop(build, joined, crops, m);
  }

  /** {@code paddings} [m, 2] on the axes behind the batch. */
  private static Value pad(TfNode node, OnnxBuilder build, Value paddings, int rank, int m) {
    Value x = node.input(0);
    if (isZero(paddings)) {
      return x;
    }
    Value first = build.ints(0);
    Value rest = build.ints(new long[rank - m - 1]);
    Value begins = column(build, paddings, 0);
    Value ends = column(build, paddings, 1);
    Value pads =
        rank - m - 1 == 0
            ? build.concat(0, first, begins, first, ends)
            : build.concat(0, first, begins, rest, first, ends, rest);
    return PadLowerings.zeros(node, build, x, pads);
  }

  private static Value crop(OnnxBuilder build, Value x, Value crops, int m) {
    if (isZero(crops)) {
      return x;
    }
    long[] axes = new long[m];
    Arrays.setAll(axes, i -> i + 1);
    Extents extents = new Extents(build);
    for (int i = 1; i <= m; i++) {
      extents.add(x, i);
    }
    Value ends = build.sub(extents.exact(), column(build, crops, 1));
    return build.op("Slice", x, column(build, crops, 0), ends, build.ints(axes));
  }

  private static boolean isZero(Value v) {
    return v.constant().map(c -> Arrays.stream(c.longs()).allMatch(e -> e == 0)).orElse(false);
  }

  private static Value column(OnnxBuilder build, Value matrix, long column) {
    Value m = build.cast(matrix, DType.I64);
    if (m.constant().isPresent()) {
      long[] all = m.constant().get().longs();
      long[] picked = new long[all.length / 2];
      Arrays.setAll(picked, i -> all[2 * i + (int) column]);
      return build.ints(picked);
    }
    Value slice =
        build.slice(
            m, new long[] {column}, new long[] {column + 1}, new long[] {1}, new long[] {1});
    return build.squeeze(slice, 1);
  }

  private static long product(long[] values) {
    return Arrays.stream(values).reduce(1, Math::multiplyExact);
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
