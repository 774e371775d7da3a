// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A tensor's dimensions, or nothing known at all. Immutable. */
public final class Shape {
  /** Not even the rank is known. */
  public static final Shape UNRANKED = new Shape(null);

  public static final Shape SCALAR = new Shape(List.of());

  private final List<Dim> dims;

  private Shape(List<Dim> dims) {
    this.dims = dims;
  }

  public static Shape of(List<Dim> dims) {
    return new Shape(List.copyOf(dims));
  }

  public static Shape of(Dim... dims) {
    return new Shape(List.of(dims));
  }

  /** All dims known. */
  public static Shape of(long... dims) {
    return new Shape(Arrays.stream(dims).mapToObj(Dim::of).toList());
  }

  /** {@code rank} dims of which nothing is known. */
  public static Shape unknown(int rank) {
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dims.add(Dim.UNKNOWN);
    }
    return of(dims);
  }

  public boolean isRanked() {
    return dims != null;
  }

  /** Throws {@link UnknownRankException} when unranked. */
  public int rank() {
    return dims().size();
  }

  public boolean hasRank(int rank) {
    return dims != null && dims.size() == rank;
  }

  /** Throws {@link UnknownRankException} when unranked. */
  public List<Dim> dims() {
    if (dims == null) {
      throw new UnknownRankException();
    }
    return dims;
  }

  public Dim dim(int axis) {
    return dims().get(axis);
  }

  /** True when the rank and every dim is known. */
  public boolean isStatic() {
    return dims != null && dims.stream().allMatch(Dim::isKnown);
  }

  /** All extents; throws IllegalStateException unless {@link #isStatic()}. */
  public long[] sizes() {
    return dims().stream().mapToLong(Dim::size).toArray();
  }

  /** The product of all dims; unless one is 0, unknown when any is unknown or the rank is. */
  public Dim elements() {
    Dim product = Dim.of(1);
    if (dims == null) {
      return Dim.UNKNOWN;
    }
    for (Dim d : dims) {
      product = product.times(d);
    }
    return product;
  }

  /** The same shape with one dim replaced. */
  public Shape with(int axis, Dim dim) {
    List<Dim> copy = new ArrayList<>(dims());
    copy.set(axis, dim);
    return of(copy);
  }

  /** What holds of both shapes: dims that differ are unknown, and so is a rank that differs. */
  public Shape join(Shape other) {
    if (dims == null || !other.hasRank(dims.size())) {
      return UNRANKED;
    }
    List<Dim> both = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      both.add(dims.get(i).equals(other.dim(i)) ? dims.get(i) : Dim.UNKNOWN);
    }
    return of(both);
  }

  /** Dim {@code i} of the result is dim {@code perm[i]} of this shape. */
  public Shape permute(int[] perm) {
    return dims == null
        ? UNRANKED
        : of(Arrays.stream(perm).mapToObj(dims::get).collect(Collectors.toList()));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && java.util.Objects.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hashCode(dims);
  }

  /** {@code [N,224,224,3]}, or {@code [*]} when unranked. */
  @Override
  public String toString() {
    return dims == null
        ? "[*]"
        : dims.stream().map(Dim::toString).collect(Collectors.joining(",", "[", "]"));
  }
}
