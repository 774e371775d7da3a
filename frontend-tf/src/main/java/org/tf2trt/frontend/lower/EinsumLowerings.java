// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Einsum (linalg/einsum_op_impl.h). One operand is transposed and summed; a product that MatMul
 * takes as it stands is a MatMul; the rest stays Einsum, in lower-case letters and without an
 * ellipsis where ranks are known.
 */
final class EinsumLowerings {
  private EinsumLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("Einsum", EinsumLowerings::einsum);
    table.one("XlaEinsum", EinsumLowerings::einsum);
  }

  private static Value einsum(TfNode node, OnnxBuilder build) {
    DType type = MatMulLowerings.productType(node);
    List<Value> operands = node.inputs().stream().map(v -> build.cast(v, type)).toList();
    operands = alignEllipses(build, node.string("equation"), operands);
    Equation equation = Equation.parse(node, operands);
    Value y = lower(build, equation, operands);
    return build.cast(y, node.outputType(0));
  }

  /**
   * Ellipses that stand for as many axes in each operand, as they broadcast: ONNX Runtime 1.x reads
   * beyond the shapes where they do not.
   */
  private static List<Value> alignEllipses(OnnxBuilder build, String equation, List<Value> values) {
    String left = equation.replaceAll("\\s", "").replaceAll("->.*", "");
    String[] terms = left.split(",", -1);
    if (terms.length != values.size() || values.stream().anyMatch(v -> !v.shape().isRanked())) {
      return values;
    }
    int[] covered = new int[terms.length];
    for (int i = 0; i < terms.length; i++) {
      boolean has = terms[i].contains(Equation.ELLIPSIS);
      covered[i] = has ? values.get(i).shape().rank() - terms[i].length() + 3 : -1;
    }
    int most = Arrays.stream(covered).max().orElse(0);
    List<Value> aligned = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      int start = terms[i].indexOf(Equation.ELLIPSIS);
      long[] axes =
          start < 0 ? new long[0] : LongStream.range(start, start + most - covered[i]).toArray();
      aligned.add(build.unsqueeze(values.get(i), axes));
    }
    return aligned;
  }

  private static Value lower(OnnxBuilder build, Equation equation, List<Value> operands) {
    if (operands.size() == 1 && equation.isPlain()) {
      return single(build, equation.input(0), equation.output(), operands.get(0));
    }
    if (operands.size() == 2 && equation.isPlain()) {
      var dense = Dense.match(equation, operands);
      if (dense.isPresent()) {
        return dense.get().lower(build);
      }
      if (equation.isMatMul()) {
        return build.op("MatMul", operands.get(0), operands.get(1));
      }
    }
    Map<String, Attr> attrs = Map.of("equation", Attr.of(equation.text()));
    return build.op("Einsum", attrs, operands.toArray(Value[]::new));
  }

  /** No letter twice: sum what the output lacks, then bring the rest into its order. */
  private static Value single(OnnxBuilder build, String in, String out, Value v) {
    List<Long> summed = new ArrayList<>();
    StringBuilder left = new StringBuilder();
    for (int i = 0; i < in.length(); i++) {
      if (out.indexOf(in.charAt(i)) < 0) {
        summed.add((long) i);
      } else {
        left.append(in.charAt(i));
      }
    }
    long[] axes = summed.stream().mapToLong(Long::longValue).toArray();
    Value sum = axes.length == 0 ? v : build.reduce("ReduceSum", v, false, axes);
    int[] perm = out.chars().map(c -> left.indexOf(String.valueOf((char) c))).toArray();
    return Filters.permute(build, sum, perm);
  }
}
