// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.attention;

import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.Node;

/** The two products of attention as equations of Einsum, whatever letters and order they have. */
final class HeadProducts {
  private HeadProducts() {}

  /**
   * Which operand holds the queries [b, q, h, d]: with keys [b, k, h, d] they give [b, h, q, k].
   */
  static Optional<Integer> ofScores(Node einsum) {
    return first(einsum, HeadProducts::isScores);
  }

  /**
   * Which operand holds the weights [b, h, q, k]: with values [b, k, h, d] they give [b, q, h, d].
   */
  static Optional<Integer> ofContext(Node einsum) {
    return first(einsum, HeadProducts::isContext);
  }

  private interface Form {
    boolean fits(String one, String other, String out);
  }

  private static Optional<Integer> first(Node einsum, Form form) {
    String equation = ((Attr.Str) einsum.attrs().get("equation")).value();
    String[] sides = equation.replace(" ", "").split("->");
    String[] operands = sides[0].split(",");
    if (sides.length != 2 || operands.length != 2 || !sides[1].matches("[a-zA-Z]{4}")) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      if (operands[i].length() == 4
          && operands[1 - i].length() == 4
          && form.fits(operands[i], operands[1 - i], sides[1])) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static boolean isScores(String queries, String keys, String out) {
    char size = queries.charAt(3);
    return queries.equals("" + out.charAt(0) + out.charAt(2) + out.charAt(1) + size)
        && keys.equals("" + out.charAt(0) + out.charAt(3) + out.charAt(1) + size)
        && out.indexOf(size) < 0;
  }

  private static boolean isContext(String weights, String values, String out) {
    char size = values.charAt(3);
    char key = weights.charAt(3);
    return values.equals("" + weights.charAt(0) + key + weights.charAt(1) + size)
        && out.equals("" + weights.charAt(0) + weights.charAt(2) + weights.charAt(1) + size)
        && out.indexOf(key) < 0;
  }
}
