// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.Optional;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Constants;

/** Reads values of the body of a loop as affine functions of the step's input and of a state. */
final class AffineReader {
  private static final int MAX_DEPTH = 24;

  private final TimeLoop loop;
  private final Value state;
  private final Optional<Value> cell;
  private final OnnxBuilder build;

  /**
   * @param state what counts as the state: the one carried, or a product with it
   * @param build makes parts of constants, before the loop
   */
  AffineReader(TimeLoop loop, Value state, OnnxBuilder build) {
    this(loop, state, Optional.empty(), build);
  }

  /** One that sees peepholes to {@code cell} as well. */
  AffineReader(TimeLoop loop, Value state, Optional<Value> cell, OnnxBuilder build) {
    this.loop = loop;
    this.state = state;
    this.cell = cell;
    this.build = build;
  }

  Optional<Affine> read(Value v) {
    return read(v, 0);
  }

  private Optional<Affine> read(Value v, int depth) {
    Optional<Node> node = loop.inside(v);
    if (node.isEmpty() || depth > MAX_DEPTH) {
      return Optional.empty();
    }
    Node n = node.get();
    return switch (n.op()) {
      case "onnx.MatMul" -> product(n.input(0), n.input(1));
      case "onnx.Gemm" -> gemm(n, depth);
      case "onnx.Add" -> sum(n.input(0), n.input(1), depth);
      case "onnx.Mul" -> peephole(n);
      case "onnx.Split" -> split(n, ((Value.Result) v).index(), depth);
      case "onnx.Slice" -> slice(n, depth);
      default -> Optional.empty();
    };
  }

  private Optional<Affine> sum(Value a, Value b, int depth) {
    Optional<Affine> p = read(a, depth + 1);
    Optional<Affine> q = read(b, depth + 1);
    if (p.isPresent() && q.isPresent()) {
      return Affine.sum(p.get(), q.get(), build);
    }
    return p.isPresent() ? p.flatMap(x -> shifted(x, b)) : q.flatMap(x -> shifted(x, a));
  }

  private Optional<Affine> shifted(Affine a, Value shift) {
    return bias(shift, a.columns())
        .flatMap(b -> Affine.sum(a, Affine.ofBias(b, a.columns()), build));
  }

  /** {@code c * p}. */
  private Optional<Affine> peephole(Node n) {
    for (int i = 0; i < 2; i++) {
      Value c = n.input(i);
      if (cell.filter(v -> v == c).isPresent() && c.shape().dim(1).isKnown()) {
        long columns = c.shape().dim(1).size();
        return bias(n.input(1 - i), columns).map(p -> Affine.ofCell(p, columns));
      }
    }
    return Optional.empty();
  }

  /** A constant that is the same for the whole batch, as a vector. */
  private Optional<Value> bias(Value v, long columns) {
    if (!Constants.is(v) || !v.shape().isStatic()) {
      return Optional.empty();
    }
    long elements = v.shape().elements().size();
    int rank = v.shape().rank();
    boolean vector = elements == columns && rank > 0 && v.shape().dim(rank - 1).is(columns);
    if (elements == 1) {
      return Optional.of(build.op("Expand", build.reshape(v, 1), build.ints(columns)));
    }
    return vector ? Optional.of(build.reshape(v, columns)) : Optional.empty();
  }

  private Optional<Affine> gemm(Node n, int depth) {
    boolean plain =
        n.floatAttr("alpha", 1) == 1 && n.floatAttr("beta", 1) == 1 && n.intAttr("transA", 0) == 0;
    if (!plain || !Constants.is(n.input(1)) || depth > MAX_DEPTH) {
      return Optional.empty();
    }
    Value m = n.intAttr("transB", 0) == 0 ? n.input(1) : build.transpose(n.input(1), 1, 0);
    Optional<Affine> product = product(n.input(0), m);
    return n.optionalInput(2).isPresent() ? product.flatMap(p -> shifted(p, n.input(2))) : product;
  }

  private Optional<Affine> product(Value p, Value m) {
    if (!Constants.is(m) || !m.shape().isStatic() || !m.shape().hasRank(2)) {
      return Optional.empty();
    }
    long columns = m.shape().dim(1).size();
    if (p == state) {
      return Optional.of(Affine.ofState(m, columns));
    }
    Optional<Value> sequence = loop.sequence(p).filter(s -> s.shape().hasRank(3));
    if (sequence.isPresent()) {
      return Optional.of(Affine.ofInput(sequence.get(), m, columns));
    }
    return loop.inside(p).filter(n -> n.is("onnx.Concat")).flatMap(n -> joined(n, p, m));
  }

  /** {@code [x, h] M} is {@code x} times the upper rows plus {@code h} times the lower ones. */
  private Optional<Affine> joined(Node concat, Value whole, Value m) {
    long axis = concat.intAttr("axis", 0);
    if (!whole.shape().hasRank(2) || axis != 1 && axis != -1) {
      return Optional.empty();
    }
    Optional<Affine> sum = Optional.empty();
    long from = 0;
    for (Value part : concat.inputs()) {
      Dim rows = part.shape().hasRank(2) ? part.shape().dim(1) : Dim.UNKNOWN;
      if (!rows.isKnown()) {
        return Optional.empty();
      }
      Optional<Affine> term = product(part, Affine.cut(m, 0, from, from + rows.size(), build));
      if (term.isEmpty()) {
        return Optional.empty();
      }
      sum = sum.isEmpty() ? term : Affine.sum(sum.get(), term.get(), build);
      if (sum.isEmpty()) {
        return Optional.empty();
      }
      from += rows.size();
    }
    return sum;
  }

  private Optional<Affine> split(Node n, int index, int depth) {
    return read(n.input(0), depth + 1).flatMap(whole -> part(n, index, whole));
  }

  /** The columns that result {@code index} of a Split has of the whole. */
  Optional<Affine> part(Node split, int index, Affine whole) {
    Shape in = split.input(0).shape();
    long axis = split.intAttr("axis", 0);
    if (!in.isRanked() || axis != -1 && axis != in.rank() - 1) {
      return Optional.empty();
    }
    long from = 0;
    for (int i = 0; i <= index; i++) {
      Shape out = split.result(i).shape();
      Dim size = out.isRanked() ? out.dim(out.rank() - 1) : Dim.UNKNOWN;
      if (!size.isKnown()) {
        return Optional.empty();
      }
      if (i == index) {
        return Optional.of(whole.slice(from, from + size.size(), build));
      }
      from += size.size();
    }
    return Optional.empty();
  }

  private Optional<Affine> slice(Node n, int depth) {
    Optional<Affine> whole = read(n.input(0), depth + 1);
    int rank = n.input(0).shape().isRanked() ? n.input(0).shape().rank() : 0;
    Optional<long[]> starts = Constants.longs(n.input(1));
    Optional<long[]> ends = Constants.longs(n.input(2));
    Optional<long[]> axes = n.optionalInput(3).flatMap(Constants::longs);
    boolean single = starts.isPresent() && starts.get().length == 1 && ends.isPresent();
    boolean steps =
        n.optionalInput(4)
            .map(s -> Constants.longs(s).filter(l -> l[0] == 1).isPresent())
            .orElse(true);
    if (whole.isEmpty() || !single || !steps || axes.isEmpty()) {
      return Optional.empty();
    }
    long axis = axes.get()[0];
    long size = whole.get().columns();
    long from = clamp(starts.get()[0], size);
    long to = clamp(ends.get()[0], size);
    return (axis == -1 || axis == rank - 1) && from < to
        ? Optional.of(whole.get().slice(from, to, build))
        : Optional.empty();
  }

  private static long clamp(long index, long size) {
    long at = index < 0 ? index + size : index;
    return Math.max(0, Math.min(at, size));
  }
}
