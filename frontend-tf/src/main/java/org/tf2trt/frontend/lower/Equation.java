// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Value;

/**
 * An einsum equation in lower-case letters.
 *
 * @param inputs the axes of each operand, one letter each; {@code ...} only where it could not be
 *     expanded
 */
record Equation(List<String> inputs, String output) {
  static final String ELLIPSIS = "...";

  /** Reads the {@code equation} attribute against the operands' ranks. */
  static Equation parse(TfNode node, List<Value> operands) {
    String text = node.string("equation").replaceAll("\\s", "");
    int arrow = text.indexOf("->");
    String left = arrow < 0 ? text : text.substring(0, arrow);
    String[] terms = left.split(",", -1);
    if (terms.length != operands.size()) {
      throw node.refuse(
          "equation " + text + " for " + operands.size() + " operands", "fix the model");
    }
    List<String> inputs = List.of(terms);
    String output = arrow < 0 ? implicitOutput(left) : text.substring(arrow + 2);
    return expand(inputs, output, operands).renamed(node);
  }

  /** Letters that occur once, in alphabetical order, behind the ellipsis. */
  private static String implicitOutput(String left) {
    StringBuilder once = new StringBuilder(left.contains(ELLIPSIS) ? ELLIPSIS : "");
    left.chars()
        .filter(Character::isLetter)
        .filter(c -> left.indexOf(c) == left.lastIndexOf(c))
        .sorted()
        .forEach(c -> once.append((char) c));
    return once.toString();
  }

  /** Digits stand for the axes of the ellipsis until letters are given out. */
  private static Equation expand(List<String> inputs, String output, List<Value> operands) {
    int longest = 0;
    List<Integer> covered = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      String term = inputs.get(i);
      if (!term.contains(ELLIPSIS)) {
        covered.add(0);
        continue;
      }
      if (!operands.get(i).shape().isRanked()) {
        return new Equation(inputs, output);
      }
      covered.add(operands.get(i).shape().rank() - (term.length() - ELLIPSIS.length()));
      longest = Math.max(longest, covered.get(i));
    }
    if (longest > 10 || broadcasts(inputs, covered, operands)) {
      return new Equation(inputs, output);
    }
    List<String> expanded = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      String axes = "0123456789".substring(longest - covered.get(i), longest);
      expanded.add(inputs.get(i).replace(ELLIPSIS, axes));
    }
    return new Equation(expanded, output.replace(ELLIPSIS, "0123456789".substring(0, longest)));
  }

  /** Axes under an ellipsis may broadcast; axes under a letter may not. */
  private static boolean broadcasts(
      List<String> inputs, List<Integer> covered, List<Value> operands) {
    Map<Integer, Dim> seen = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      int start = inputs.get(i).indexOf(ELLIPSIS);
      for (int k = 0; k < covered.get(i); k++) {
        Dim dim = operands.get(i).shape().dim(start + covered.get(i) - 1 - k);
        Dim other = seen.putIfAbsent(k, dim);
        if (other != null && (dim.isUnknown() || !dim.equals(other))) {
          return true;
        }
      }
    }
    return false;
  }

  /** ONNX has lower-case letters only (TensorFlow tells "a" from "A"). */
  private Equation renamed(TfNode node) {
    Map<Character, Character> names = new LinkedHashMap<>();
    for (String term : inputs) {
      for (int i = 0; i < term.length(); i++) {
        char c = term.charAt(i);
        if (c != '.' && !names.containsKey(c)) {
          names.put(c, (char) ('a' + names.size()));
        }
      }
    }
    if (names.size() > 26) {
      throw node.refuse("an equation of more than 26 letters", "split the einsum");
    }
    return new Equation(inputs.stream().map(t -> rename(t, names)).toList(), rename(output, names));
  }

  private static String rename(String term, Map<Character, Character> names) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      out.append(c == '.' ? '.' : (char) names.getOrDefault(c, c));
    }
    return out.toString();
  }

  String input(int i) {
    return inputs.get(i);
  }

  /** No ellipsis, and no letter twice in a term (a diagonal). */
  boolean isPlain() {
    return inputs.stream().allMatch(Equation::isPlain) && isPlain(output);
  }

  private static boolean isPlain(String term) {
    return !term.contains(ELLIPSIS) && term.chars().distinct().count() == term.length();
  }

  /** {@code Bik,Bkj->Bij} with equal batch axes B in front, or none. */
  boolean isMatMul() {
    String a = input(0);
    String b = input(1);
    int rank = a.length();
    if (rank < 2 || b.length() != rank || output.length() != rank) {
      return false;
    }
    String batch = a.substring(0, rank - 2);
    char i = a.charAt(rank - 2);
    char k = a.charAt(rank - 1);
    char j = b.charAt(rank - 1);
    return b.equals(batch + k + j) && output.equals(batch + i + j);
  }

  String text() {
    return String.join(",", inputs) + "->" + output;
  }
}
