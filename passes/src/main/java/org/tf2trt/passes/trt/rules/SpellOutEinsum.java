// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Einsum of integers, or with a letter twice in one term, as products and sums over a common set of
 * axes. A diagonal is taken by choosing, not by multiplying, so that no infinity becomes a NaN.
 */
public final class SpellOutEinsum implements Rule {
  private static final int MAX_RANK = 8;

  @Override
  public String algebra() {
    return "Einsum<ab,bc->ac>(x: int, y) -> ReduceSum(x[a,b,1] * y[1,b,c], b)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Einsum");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    String equation = node.stringAttr("equation", "").replace(" ", "");
    if (!equation.matches("[a-zA-Z,]*->[a-zA-Z]*")) {
      return Outcome.decline("its equation has an ellipsis or no output");
    }
    String[] sides = equation.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    boolean integers = node.input(0).dtype().isInteger();
    boolean diagonal = Arrays.stream(terms).anyMatch(t -> distinct(t).length() < t.length());
    if (!integers && !diagonal) {
      return Outcome.decline("it is of floats and takes no diagonal");
    }
    String letters = distinct(sides[1] + sides[0].replace(",", ""));
    if (letters.length() > MAX_RANK) {
      return Outcome.decline("it has more than 8 letters");
    }
    OnnxBuilder b = context.build();
    List<Value> parts = new ArrayList<>();
    List<String> plain = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      parts.add(diagonal(b, node.input(i), terms[i]));
      plain.add(distinct(terms[i]));
    }
    if (!integers) {
      String simple = String.join(",", plain) + "->" + sides[1];
      return Outcome.replace(
          b.op(
              "Einsum",
              Map.of("equation", Attr.of(simple.toLowerCase(Locale.ROOT))),
              parts.toArray(Value[]::new)));
    }
    return Outcome.replace(sum(b, parts, plain, letters, sides[1]));
  }

  private static String distinct(String term) {
    StringBuilder once = new StringBuilder();
    term.chars().distinct().forEach(c -> once.append((char) c));
    return once.toString();
  }

  /** {@code x[i,i]}: the sum over j of x[i,j] where i = j, else 0. */
  private static Value diagonal(OnnxBuilder b, Value x, String term) {
    Value v = x;
    String left = term;
    for (int second = left.length() - 1; second > 0; second--) {
      int first = left.indexOf(left.charAt(second));
      if (first == second) {
        continue;
      }
      Value equal = b.op("Equal", index(b, v, first), index(b, v, second));
      Value chosen = b.where(equal, v, b.scalarLike(v, 0));
      v = b.reduce("ReduceSum", chosen, false, second);
      left = left.substring(0, second) + left.substring(second + 1);
    }
    return v;
  }

  private static Value index(OnnxBuilder b, Value v, int axis) {
    long[] target = new long[v.shape().rank() - axis];
    Arrays.fill(target, 1);
    target[0] = -1;
    return b.reshape(Iota.of(b, v, axis), target);
  }

  private static Value sum(
      OnnxBuilder b, List<Value> parts, List<String> terms, String letters, String output) {
    Value product = null;
    for (int i = 0; i < parts.size(); i++) {
      Value aligned = align(b, parts.get(i), terms.get(i), letters);
      product = product == null ? aligned : b.mul(product, aligned);
    }
    int kept = output.length();
    if (kept == letters.length()) {
      return product;
    }
    long[] axes = new long[letters.length() - kept];
    Arrays.setAll(axes, i -> kept + i);
    return b.reduce("ReduceSum", product, false, axes);
  }

  /** Axes in the order of {@code letters}, with extents of 1 for those that the term lacks. */
  private static Value align(OnnxBuilder b, Value v, String term, String letters) {
    int[] perm = new int[term.length()];
    Set<Long> missing = new TreeSet<>();
    int next = 0;
    for (int i = 0; i < letters.length(); i++) {
      int at = term.indexOf(letters.charAt(i));
      if (at < 0) {
        missing.add((long) i);
      } else {
        perm[next++] = at;
      }
    }
    return b.unsqueeze(b.transpose(v, perm), missing.stream().mapToLong(Long::longValue).toArray());
  }
}
