// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.DimExpr;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** The extents of one profile while they are collected: of symbols, and of dims without a name. */
final class Binding {
  private record Place(String input, int axis) {}

  private final Map<String, TensorType> inputs;
  private final Map<String, Extents> symbols = new LinkedHashMap<>();
  private final Map<Place, Extents> places = new LinkedHashMap<>();
  private final Map<String, ShapeRange> values = new LinkedHashMap<>();

  Binding(Map<String, TensorType> inputs) {
    this.inputs = inputs;
  }

  /** Takes the extents that a profile gives under a name. */
  void bind(String name, List<Extents> extents) {
    TensorType type = inputs.get(name);
    if (type != null && ShapeValues.candidate(type) && !isShapeOf(type, extents)) {
      bindValues(name, type, extents);
      return;
    }
    for (Extents e : extents) {
      if (!e.fitsDim()) {
        throw bad(name, "has a dim of " + e);
      }
    }
    if (type != null) {
      bindInput(name, type, extents);
    } else if (allSymbols().contains(name) && extents.size() == 1) {
      bindSymbol(name, extents.get(0), name);
    } else {
      throw DiagnosticException.of(
          Code.UNKNOWN_NAME,
          "--profile " + name,
          "there is no such input" + (extents.size() == 1 ? ", and no such symbol" : ""),
          "the inputs are " + new Proposal(inputs).signature());
    }
  }

  private void bindInput(String name, TensorType type, List<Extents> extents) {
    if (type.shape().rank() != extents.size()) {
      throw bad(name, "has " + extents.size() + " dims, but the model's shape is " + type.shape());
    }
    for (int i = 0; i < extents.size(); i++) {
      Dim dim = type.shape().dim(i);
      Extents asked = extents.get(i);
      if (dim.isKnown() && !(asked.isFixed() && dim.is(asked.min()))) {
        throw bad(
            name, "gives dim " + i + " the extent " + asked + ", but the model fixes it to " + dim);
      }
      if (dim instanceof DimExpr e && e.isSymbol()) {
        bindSymbol(e.toString(), asked, name);
      } else {
        places.put(new Place(name, i), asked);
      }
    }
  }

  /** What is said of an input in as many numbers as its shape has, and the same, is its shape. */
  private static boolean isShapeOf(TensorType type, List<Extents> extents) {
    if (type.shape().rank() != extents.size()) {
      return false;
    }
    for (int i = 0; i < extents.size(); i++) {
      Extents e = extents.get(i);
      if (!e.isFixed() || !type.shape().dim(i).is(e.min())) {
        return false;
      }
    }
    return true;
  }

  private void bindValues(String name, TensorType type, List<Extents> extents) {
    if (ShapeValues.count(type) != extents.size()) {
      throw bad(
          name,
          "has %d values, but the model's input holds %d (%s)"
              .formatted(extents.size(), ShapeValues.count(type), type));
    }
    values.put(name, new ShapeRange(extents));
  }

  private void bindSymbol(String symbol, Extents asked, String by) {
    Extents before = symbols.putIfAbsent(symbol, asked);
    if (before != null && !before.equals(asked)) {
      throw bad(by, "gives '" + symbol + "' the extents " + asked + ", elsewhere it is " + before);
    }
  }

  /** The first dim of every input, where nothing else was said about it. */
  void bindBatch(Extents batch) {
    boolean bound = false;
    for (Map.Entry<String, TensorType> input : inputs.entrySet()) {
      if (input.getValue().shape().rank() == 0) {
        continue;
      }
      Dim first = input.getValue().shape().dim(0);
      if (first instanceof DimExpr e && e.isSymbol()) {
        symbols.putIfAbsent(e.toString(), batch);
      } else if (!first.isKnown()) {
        places.putIfAbsent(new Place(input.getKey(), 0), batch);
      }
      bound |= !first.isKnown() || batch.isFixed() && first.is(batch.min());
    }
    if (!bound) {
      throw DiagnosticException.of(
          Code.BAD_PROFILE,
          "--batch " + batch,
          "the first dim of every input is fixed: " + new Proposal(inputs).signature(),
          "leave --batch out, or convert the model without fixing it");
    }
  }

  /**
   * A range for each input with an open dim, and of the values where these were given; throws when
   * a dim has none.
   */
  Map<String, ShapeRange> ranges() {
    Map<String, ShapeRange> ranges = new LinkedHashMap<>();
    Set<String> missing = new LinkedHashSet<>();
    for (Map.Entry<String, TensorType> input : inputs.entrySet()) {
      List<Extents> dims = new ArrayList<>();
      for (int i = 0; i < input.getValue().shape().rank(); i++) {
        Extents extents = extents(input.getKey(), i, input.getValue().shape().dim(i), missing);
        if (extents != null) {
          dims.add(extents);
        }
      }
      if (!input.getValue().shape().isStatic()) {
        ranges.put(input.getKey(), new ShapeRange(dims));
      } else if (values.containsKey(input.getKey())) {
        ranges.put(input.getKey(), values.get(input.getKey()));
      }
    }
    if (!missing.isEmpty()) {
      throw new Proposal(inputs).missing(missing);
    }
    return ranges;
  }

  /** Null, with an entry in {@code missing}, when something in the dim is not bound. */
  private Extents extents(String input, int axis, Dim dim, Set<String> missing) {
    if (dim.isKnown()) {
      return Extents.fixed(dim.size());
    }
    Extents own = places.get(new Place(input, axis));
    if (dim.isUnknown()) {
      if (own == null) {
        missing.add("dim " + axis + " of '" + input + "'");
      }
      return own;
    }
    List<String> open = dim.symbols().stream().filter(s -> !symbols.containsKey(s)).toList();
    missing.addAll(open);
    if (!open.isEmpty()) {
      return own;
    }
    Extents derived =
        new Extents(value(dim, Extents::min), value(dim, Extents::opt), value(dim, Extents::max));
    if (own != null && !own.equals(derived)) {
      throw bad(input, "gives " + dim + " the extents " + own + ", elsewhere it is " + derived);
    }
    return derived;
  }

  private long value(Dim dim, ToLongFunction<Extents> side) {
    Map<String, Dim> values = new LinkedHashMap<>();
    symbols.forEach((s, e) -> values.put(s, Dim.of(side.applyAsLong(e))));
    Dim value = dim.substitute(values);
    if (!value.isKnown()) {
      throw DiagnosticException.of(
          Code.BAD_PROFILE, "dim " + dim, "it has no value in this profile", "");
    }
    return value.size();
  }

  private Set<String> allSymbols() {
    Set<String> all = new LinkedHashSet<>();
    inputs.values().forEach(t -> t.shape().dims().forEach(d -> all.addAll(d.symbols())));
    return all;
  }

  private DiagnosticException bad(String name, String what) {
    return DiagnosticException.of(
        Code.BAD_PROFILE,
        "--profile " + name,
        what,
        "the inputs are " + new Proposal(inputs).signature());
  }
}
