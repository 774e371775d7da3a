// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.util.List;
import java.util.Locale;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.compare.Numbers;

/**
 * What became of one model in one precision.
 *
 * @param name of the model
 * @param precision that it was built in
 * @param status how it ended; REFUSED also when TensorRT's legality refuses what has to be refused
 * @param simulated low precision in ONNX Runtime with float32 kernels, against float32; null when
 *     it was not measured
 * @param onnx the emitted model, or the fp32 one where its kernels lack, in ONNX Runtime against
 *     the reference; null when it did not run
 * @param engine the engine against the reference; null when it did not run
 * @param against the engine against ONNX Runtime on the same model; null when one did not run
 * @param topOne agreement of classes with the fp32 model; null when it is no classifier
 * @param buildSeconds 0 when it was not built
 * @param planBytes 0 when it was not built
 * @param seconds everything together
 * @param messages why it failed, the most important first, then warnings
 */
record EngineResult(
    String name,
    String precision,
    SweepResult.Status status,
    Comparison simulated,
    Comparison onnx,
    Comparison engine,
    Comparison against,
    TopOne topOne,
    double buildSeconds,
    long planBytes,
    double seconds,
    List<String> messages) {
  EngineResult {
    messages = List.copyOf(messages);
  }

  boolean passed() {
    return status != SweepResult.Status.FAIL;
  }

  /** One line for the terminal. */
  String line(int width) {
    String line =
        String.format(
            Locale.ROOT,
            "%-7s  %-"
                + width
                + "s  %-4s  sim %8s  ort %8s  engine %8s  apart %8s  top-1 %7s  %6.1f s",
            status.label(),
            name,
            precision,
            error(simulated),
            error(onnx),
            error(engine),
            error(against),
            topOne == null ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * topOne.share()),
            seconds);
    String first = messages.isEmpty() ? "" : messages.get(0).lines().findFirst().orElse("");
    return first.isEmpty() ? line : line + "  " + first.substring(0, Math.min(200, first.length()));
  }

  private static String error(Comparison comparison) {
    return comparison == null || comparison.outputs().isEmpty()
        ? "-"
        : Numbers.text(comparison.error());
  }
}
