// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.util.List;
import java.util.Locale;
import org.tf2trt.cli.verify.SweepAgainstTensorFlow;
import org.tf2trt.convert.Conversion;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.compare.Numbers;

/**
 * What became of one item.
 *
 * @param name of the item
 * @param status how it ended
 * @param conversion null when there was none
 * @param comparison null when nothing was compared
 * @param reference the comparison with TensorFlow; null when there was none
 * @param seconds conversion and checks together
 * @param messages why it failed or was refused, the most important first
 */
record SweepResult(
    String name,
    Status status,
    Conversion conversion,
    Comparison comparison,
    SweepAgainstTensorFlow.Result reference,
    double seconds,
    List<String> messages) {
  enum Status {
    /** Converted, and all goldens agree. */
    OK,
    /** Refused, as it has to be. */
    REFUSED,
    /** TensorRT is not expected to take it; the messages say why. */
    NOT_FOR_TENSORRT,
    FAIL;

    /** A word for a line on the terminal. */
    String label() {
      return switch (this) {
        case OK -> "ok";
        case NOT_FOR_TENSORRT -> "no trt";
        default -> name();
      };
    }
  }

  SweepResult {
    messages = List.copyOf(messages);
  }

  boolean passed() {
    return status != Status.FAIL;
  }

  /** One line for the terminal. */
  String line(int width) {
    String error =
        comparison == null || comparison.outputs().isEmpty()
            ? "-"
            : Numbers.text(comparison.error());
    String tensorFlow = reference == null ? "" : "  TensorFlow " + tensorFlowErrors();
    String nodes = conversion == null ? "-" : String.valueOf(conversion.after().nodes());
    String inside =
        conversion == null ? "-" : String.valueOf(conversion.after().transposesInside());
    String line =
        String.format(
            Locale.ROOT,
            "%-7s  %-" + width + "s  %8s%s  %6s nodes  %3s inside  %6.2f s",
            status.label(),
            name,
            error,
            tensorFlow,
            nodes,
            inside,
            seconds);
    return messages.isEmpty() ? line : line + "  " + shortened(messages.get(0));
  }

  /** On made-up inputs, and on those of the goldens. */
  private String tensorFlowErrors() {
    String goldens =
        reference.converted().outputs().isEmpty()
            ? "-"
            : Numbers.text(reference.converted().error());
    String byLayer =
        reference.byLayer().isPresent()
            ? " (by layer %s)".formatted(Numbers.text(reference.byLayer().getAsDouble()))
            : "";
    return String.format(
        Locale.ROOT, "%8s made up%s %8s golden", Numbers.text(reference.error()), byLayer, goldens);
  }

  private static String shortened(String message) {
    String first = message.lines().findFirst().orElse("");
    return first.length() > 160 ? first.substring(0, 160) + "..." : first;
  }
}
