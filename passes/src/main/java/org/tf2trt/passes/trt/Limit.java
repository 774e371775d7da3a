// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.Value;

/** One restriction of a row of the table. */
public sealed interface Limit {
  /** What a node breaks, or nothing. */
  Optional<String> broken(Node node);

  /** An input that has to be known when the engine is built. */
  record ConstantInput(int input) implements Limit {
    @Override
    public Optional<String> broken(Node node) {
      return node.optionalInput(input)
          .filter(v -> v.constant().isEmpty())
          .map(v -> "input " + input + " has to be a constant");
    }
  }

  /** Bounds of an input's rank. */
  record Rank(int input, int from, int to) implements Limit {
    @Override
    public Optional<String> broken(Node node) {
      return node.optionalInput(input)
          .map(Value::shape)
          .filter(Shape::isRanked)
          .filter(s -> s.rank() < from || s.rank() > to)
          .map(
              s -> "input %d has rank %d, it takes %s".formatted(input, s.rank(), ranks(from, to)));
    }

    private static String ranks(int from, int to) {
      return from == to ? String.valueOf(from) : from + " to " + to;
    }
  }

  /** Bounds of the extent of an input that is a constant scalar. */
  record AtMost(int input, long most) implements Limit {
    @Override
    public Optional<String> broken(Node node) {
      return node.optionalInput(input)
          .flatMap(Value::constant)
          .filter(t -> !t.dtype().isFloat() && t.elements() == 1 && t.longs()[0] > most)
          .map(t -> "input %d is %d, it takes at most %d".formatted(input, t.longs()[0], most));
    }
  }

  /** The values of an attribute; an absent one has a value that is allowed. */
  record AttrIn(String name, List<String> values) implements Limit {
    public AttrIn {
      values = List.copyOf(values);
    }

    @Override
    public Optional<String> broken(Node node) {
      Attr attr = node.attrs().get(name);
      if (attr == null || elements(attr).stream().allMatch(values::contains)) {
        return Optional.empty();
      }
      return Optional.of(
          "%s is %s, it takes %s".formatted(name, text(attr), String.join(", ", values)));
    }

    private static String text(Attr attr) {
      return String.join(",", elements(attr));
    }

    private static List<String> elements(Attr attr) {
      if (attr instanceof Attr.Ints ints) {
        return Arrays.stream(ints.toArray()).mapToObj(String::valueOf).toList();
      }
      if (attr instanceof Attr.Int i) {
        return List.of(String.valueOf(i.value()));
      }
      return List.of(attr instanceof Attr.Str s ? s.value() : attr.toString());
    }
  }

  /** An attribute, for example a pad, that must not be negative. */
  record NotNegative(String name) implements Limit {
    @Override
    public Optional<String> broken(Node node) {
      return Arrays.stream(node.intsAttr(name)).anyMatch(v -> v < 0)
          ? Optional.of(name + " has negative values")
          : Optional.empty();
    }
  }

  /** Later results must not be read. */
  record Results(int most) implements Limit {
    @Override
    public Optional<String> broken(Node node) {
      for (int i = most; i < node.results().size(); i++) {
        if (!node.result(i).isUnused()) {
          return Optional.of("its output " + i + " is read");
        }
      }
      return Optional.empty();
    }
  }

  /** All present inputs have one element type. */
  record SameTypes() implements Limit {
    @Override
    public Optional<String> broken(Node node) {
      long types =
          node.inputs().stream().filter(Value::isPresent).map(Value::dtype).distinct().count();
      return types > 1 ? Optional.of("its inputs differ in type") : Optional.empty();
    }
  }

  /** Every extent of an input is known. */
  record StaticInput(int input) implements Limit {
    @Override
    public Optional<String> broken(Node node) {
      return node.input(input).shape().isStatic()
          ? Optional.empty()
          : Optional.of("the shape of input " + input + " has to be known");
    }
  }
}
