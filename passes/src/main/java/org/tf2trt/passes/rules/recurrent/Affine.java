// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.recurrent;

import java.util.Optional;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * {@code x W + h U + p * c + b}; each part may be missing, except that something is there.
 *
 * @param x the sequence {@code [time, batch, inputs]}
 * @param w constant {@code [inputs, columns]}
 * @param u constant {@code [hidden, columns]}
 * @param p constant {@code [columns]}: the peephole to the cell of an LSTM
 * @param b constant {@code [columns]}
 * @param columns how many there are
 */
record Affine(
    Optional<Value> x,
    Optional<Value> w,
    Optional<Value> u,
    Optional<Value> p,
    Optional<Value> b,
    long columns) {

  /** The product of a sequence with weights. */
  static Affine ofInput(Value x, Value w, long columns) {
    return new Affine(
        Optional.of(x),
        Optional.of(w),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        columns);
  }

  /** The product of the state with weights. */
  static Affine ofState(Value u, long columns) {
    return new Affine(
        Optional.empty(),
        Optional.empty(),
        Optional.of(u),
        Optional.empty(),
        Optional.empty(),
        columns);
  }

  static Affine ofCell(Value p, long columns) {
    return new Affine(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(p),
        Optional.empty(),
        columns);
  }

  static Affine ofBias(Value b, long columns) {
    return new Affine(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(b),
        columns);
  }

  /** The sum; empty when the parts read different sequences. */
  static Optional<Affine> sum(Affine p, Affine q, OnnxBuilder build) {
    boolean clash = p.x.isPresent() && q.x.isPresent() && p.x.get() != q.x.get();
    if (clash || p.columns != q.columns) {
      return Optional.empty();
    }
    return Optional.of(
        new Affine(
            p.x.or(() -> q.x),
            add(p.w, q.w, build),
            add(p.u, q.u, build),
            add(p.p, q.p, build),
            add(p.b, q.b, build),
            p.columns));
  }

  private static Optional<Value> add(Optional<Value> a, Optional<Value> b, OnnxBuilder build) {
    return a.isPresent() && b.isPresent()
        ? Optional.of(build.add(a.get(), b.get()))
        : a.or(() -> b);
  }

  /** Columns {@code from} to {@code to}. */
  Affine slice(long from, long to, OnnxBuilder build) {
    if (from == 0 && to == columns) {
      return this;
    }
    return new Affine(
        x,
        w.map(v -> cut(v, 1, from, to, build)),
        u.map(v -> cut(v, 1, from, to, build)),
        p.map(v -> cut(v, 0, from, to, build)),
        b.map(v -> cut(v, 0, from, to, build)),
        to - from);
  }

  static Value cut(Value v, long axis, long from, long to, OnnxBuilder build) {
    return build.slice(v, new long[] {from}, new long[] {to}, new long[] {axis}, new long[] {1});
  }

  /** With other weights of the state. */
  Affine withState(Optional<Value> weights) {
    return new Affine(x, w, weights, p, b, columns);
  }

  /** The weights of the state alone. */
  boolean readsOnlyState() {
    return x.isEmpty() && u.isPresent();
  }

  boolean readsNoState() {
    return u.isEmpty();
  }
}
