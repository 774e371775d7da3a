// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tf2trt.backend.engine.Engine;
import org.tf2trt.backend.engine.Refit;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.backend.plan.PlanFiles;
import org.tf2trt.backend.plan.PlanFit;
import org.tf2trt.backend.plan.Sidecar;
import org.tf2trt.backend.plan.SidecarJson;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * An engine file that was loaded after its sidecar was found to fit this machine.
 *
 * @param path of the plan
 * @param engine to be closed
 * @param sidecar empty for a plan without one
 */
public record LoadedPlan(Path path, Engine engine, Optional<Sidecar> sidecar)
    implements AutoCloseable {
  private static final String STRIPPED = "strip-weights";

  /**
   * Loads a plan, and the weights of an ONNX file into it when one is given.
   *
   * @throws DiagnosticException everything that keeps it from running here
   */
  public static LoadedPlan open(Path plan, Optional<Path> weights) {
    requireFile(plan);
    Optional<Sidecar> sidecar = SidecarJson.read(plan);
    if (isStripped(sidecar) && weights.isEmpty()) {
      throw DiagnosticException.of(
          Code.PLAN_MISMATCH,
          plan.toString(),
          "the engine was built without its weights",
          "give the model that has them, with --weights MODEL.onnx");
    }
    TensorRt tensorRt = TensorRt.open();
    sidecar.ifPresent(
        s -> {
          List<Diagnostic> problems =
              PlanFit.check(
                  plan,
                  s,
                  PlanFiles.content(plan),
                  tensorRt.version().toString(),
                  Gpus.of(tensorRt.device()));
          if (!problems.isEmpty()) {
            throw new DiagnosticException(problems);
          }
        });
    Engine engine = tensorRt.load(plan);
    try {
      if (weights.isPresent()) {
        refit(engine, weights.get());
      }
      return new LoadedPlan(plan, engine, sidecar);
    } catch (DiagnosticException e) {
      engine.close();
      throw e;
    }
  }

  /** Loads a plan, with the weights of the model that it was built from when it has none. */
  static LoadedPlan withWeightsOf(Path plan, Path onnx) {
    boolean stripped = isStripped(SidecarJson.read(plan));
    return open(plan, stripped ? Optional.of(onnx) : Optional.empty());
  }

  private static boolean isStripped(Optional<Sidecar> sidecar) {
    return sidecar.map(s -> "true".equals(s.flags().get(STRIPPED))).orElse(false);
  }

  private static void refit(Engine engine, Path onnx) {
    try (Refit refit = engine.refit()) {
      refit.from(onnx);
    }
  }

  private static void requireFile(Path plan) {
    if (!Files.isRegularFile(plan)) {
      throw DiagnosticException.of(
          Code.MODEL_NOT_FOUND, plan.toString(), "no such file", "check the path");
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
