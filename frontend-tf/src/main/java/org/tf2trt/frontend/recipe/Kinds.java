// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.schema.AttrKind;

/** Attribute values between TensorFlow's kinds, the text's and ONNX's. */
final class Kinds {
  private Kinds() {}

  /** The kind that a declaration names: {@code float}, {@code ints}. */
  static Optional<AttrKind> named(String name) {
    for (AttrKind kind : AttrKind.values()) {
      boolean hasValues = kind != AttrKind.GRAPH && kind != AttrKind.SPARSE_TENSOR;
      if (hasValues && kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** A list of values as the IR has it. */
  static Attr list(List<Attr> items) {
    if (items.stream().allMatch(Attr.Int.class::isInstance)) {
      return new Attr.Ints(items.stream().map(a -> ((Attr.Int) a).value()).toList());
    }
    if (items.stream().allMatch(a -> a instanceof Attr.Int || a instanceof Attr.Real)) {
      return new Attr.Reals(items.stream().map(Kinds::real).toList());
    }
    return new Attr.Many(items);
  }

  private static double real(Attr a) {
    return a instanceof Attr.Int i ? i.value() : ((Attr.Real) a).value();
  }

  /**
   * The value as that kind, where nothing is lost: an integer as a float, true as 1, a static shape
   * as integers, a list of one kind as one of the other; empty when it does not fit.
   */
  static Optional<Attr> as(AttrKind kind, Attr value) {
    if (kind == AttrKind.FLOAT && value instanceof Attr.Int i) {
      return Optional.of(Attr.of((double) i.value()));
    }
    if (kind == AttrKind.FLOATS && value instanceof Attr.Ints ints) {
      return Optional.of(new Attr.Reals(ints.values().stream().map(Long::doubleValue).toList()));
    }
    if (kind == AttrKind.INT && value instanceof Attr.Bool b) {
      return Optional.of(Attr.of(b.value() ? 1L : 0L));
    }
    if (kind == AttrKind.BOOL && value instanceof Attr.Int i && (i.value() | 1) == 1) {
      return Optional.of(Attr.of(i.value() == 1));
    }
    if (kind == AttrKind.INTS && value instanceof Attr.ShapeOf s && s.value().isStatic()) {
      return Optional.of(new Attr.Ints(s.value().dims().stream().map(Dim::size).toList()));
    }
    if (kind == AttrKind.TYPE && value instanceof Attr.Int i) {
      return ElementNames.numbered(i.value()).map(Attr::of);
    }
    return kind.accepts(value) ? Optional.of(value) : Optional.empty();
  }
}
