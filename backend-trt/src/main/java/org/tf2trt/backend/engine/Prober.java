// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.ArrayList;
import java.util.List;
import org.tf2trt.backend.engine.natives.NativeLibraries;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/** Tries one thing after the other, and reports where that ends. */
final class Prober {
  private record Step(String name, java.util.function.Supplier<String> attempt) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(
              "bindings",
              () -> {
                NativeLibraries.requireBindings();
                return "for TensorRT " + TensorRtLine.BINDINGS;
              }),
          new Step("driver", Prober::driver),
          new Step(
              "CUDA runtime",
              () -> {
                NativeLibraries.loadCuda();
                return "loaded";
              }),
          new Step(
              "GPU",
              () -> {
                Devices.require();
                Device d = Devices.current();
                return d.name()
                    + ", compute capability "
                    + d.computeCapability()
                    + ", driver "
                    + (d.driver().isEmpty() ? "for CUDA " + d.driverCuda() : d.driver())
                    + ", CUDA "
                    + d.cudaRuntime();
              }),
          new Step(
              "TensorRT",
              () -> {
                TensorRt rt = TensorRt.open();
                return rt.version().toString();
              }),
          new Step(
              "ONNX parser",
              () -> {
                NativeLibraries.loadParser();
                return "loaded";
              }),
          new Step(
              "builder",
              () -> {
                try (EngineBuilder builder = TensorRt.open().builder()) {
                  return "comes up in %.1f s".formatted(builder.startSeconds());
                }
              }));

  private Prober() {}

  /** The loader looks for the driver's library before it looks for CUDA's. */
  private static String driver() {
    try {
      NativeLibraries.loadCuda();
    } catch (DiagnosticException e) {
      if (e.diagnostics().get(0).code() == Code.NO_GPU_DRIVER) {
        throw e;
      }
    }
    String version = Devices.driver();
    return version.isEmpty() ? "found" : version;
  }

  static Probe probe() {
    return probe(STEPS);
  }

  private static Probe probe(List<Step> steps) {
    List<Probe.Item> items = new ArrayList<>();
    String missing = "";
    for (Step step : steps) {
      if (!missing.isEmpty()) {
        items.add(Probe.Item.unknown(step.name(), "not tried without " + missing));
        continue;
      }
      try {
        items.add(Probe.Item.ok(step.name(), step.attempt().get()));
      } catch (DiagnosticException e) {
        Diagnostic first = e.diagnostics().get(0);
        items.add(Probe.Item.missing(step.name(), first));
        missing = step.name();
      }
    }
    return new Probe(items);
  }
}
