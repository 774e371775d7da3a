// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/**
 * Finds and remembers the contents of small integer tensors, without recursion. Those of matrices
 * are kept for what reads them as vectors; nobody is told them.
 */
final class Values {
  static final int MAX_ELEMENTS = 64;

  private final Map<Value, Optional<List<Dim>>> known = new IdentityHashMap<>();

  Optional<List<Dim>> of(Value asked) {
    if (!isCandidate(asked) || asked.shape().hasRank(2)) {
      return Optional.empty();
    }
    Deque<Value> open = new ArrayDeque<>();
    open.push(asked);
    while (!open.isEmpty()) {
      Value v = open.peek();
      if (known.containsKey(v) || !pushOperands(v, open)) {
        open.pop();
        if (!known.containsKey(v)) {
          known.put(v, compute(v));
        }
      }
    }
    return known.get(asked);
  }

  private static boolean isCandidate(Value v) {
    if (!v.isPresent() || !(v.dtype().isInteger() || v.dtype() == DType.BOOL)) {
      return false;
    }
    Shape s = v.shape();
    return s.hasRank(0)
        || (s.hasRank(1) && s.dim(0).isKnown() && s.dim(0).size() <= MAX_ELEMENTS)
        || MatrixValues.isMatrix(v);
  }

  /** True when some operand has to be looked at first. */
  private boolean pushOperands(Value v, Deque<Value> open) {
    int before = open.size();
    if (v instanceof Value.Result r && isKnown(r.node().op())) {
      for (Value operand : operands(r)) {
        if (isCandidate(operand) && !known.containsKey(operand)) {
          open.push(operand);
        }
      }
    }
    return open.size() > before;
  }

  private static boolean isKnown(String op) {
    return ValueFunctions.find(op) != null || MatrixValues.find(op) != null;
  }

  private static List<Value> operands(Value.Result r) {
    Node node = r.node();
    if (!node.is("onnx.If")) {
      return node.inputs();
    }
    List<Value> operands = new ArrayList<>(node.inputs());
    for (Graph branch : node.bodies()) {
      operands.add(branch.outputs().get(r.index()));
    }
    return operands;
  }

  private Optional<List<Dim>> compute(Value v) {
    int length = (int) v.shape().elements().size();
    Optional<List<Dim>> found =
        v instanceof Value.Constant c
            ? constant(c.data())
            : v instanceof Value.Result r ? result(r) : Optional.empty();
    return Optional.of(
        found
            .filter(dims -> dims.size() == length)
            .map(dims -> dims.stream().map(Inference::bounded).toList())
            .orElseGet(() -> Dims.unknown(length)));
  }

  private Optional<List<Dim>> result(Value.Result r) {
    String op = r.node().op();
    boolean matrix =
        MatrixValues.isMatrix(r) || r.node().inputs().stream().anyMatch(MatrixValues::isMatrix);
    boolean asMatrix = matrix && MatrixValues.find(op) != null;
    if (MatrixValues.isMatrix(r) && !asMatrix) {
      return Optional.empty();
    }
    ValueFunction function = asMatrix ? MatrixValues.find(op) : ValueFunctions.find(op);
    return function == null
        ? Optional.empty()
        : function.apply(new ValueCall(r.node(), r.index(), asMatrix, known));
  }

  /** Empty for a constant that was read from text as a digest, whose bytes are not there. */
  static Optional<List<Dim>> constant(TensorData data) {
    if (data.elements() > MAX_ELEMENTS || data.isOpaque()) {
      return Optional.empty();
    }
    return Optional.of(Arrays.stream(data.longs()).mapToObj(Dim::of).toList());
  }
}
