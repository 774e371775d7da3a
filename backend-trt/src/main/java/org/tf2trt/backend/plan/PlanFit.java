// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;

/**
 * Whether a plan, by what its sidecar says, can be loaded here. TensorRT: a plan runs on the
 * version and on GPUs of the compute capability that it was built with, unless it was built
 * compatible.
 */
public final class PlanFit {
  private PlanFit() {}

  /**
   * Everything that stands in the way, as {@code PLAN_MISMATCH}; empty when nothing does.
   *
   * @param plan the file
   * @param sidecar what it is said to be
   * @param content what is in the file
   * @param tensorrt version of this machine
   * @param gpu of this machine
   */
  public static List<Diagnostic> check(
      Path plan, Sidecar sidecar, PlanFiles.Written content, String tensorrt, Sidecar.Gpu gpu) {
    List<Diagnostic> problems = new ArrayList<>();
    if (sidecar.planBytes() != content.bytes()) {
      problems.add(
          error(
              plan,
              "the file has %d bytes, but its sidecar says %d: one of the two is of another build"
                  .formatted(content.bytes(), sidecar.planBytes()),
              "copy both, or build again"));
    } else if (!sidecar.planSha256().equalsIgnoreCase(content.sha256())) {
      problems.add(
          error(
              plan,
              "the file is not the one that its sidecar describes, or was changed: its SHA-256 is "
                  + content.sha256(),
              "copy both, or build again"));
    }
    if (!versionFits(sidecar, tensorrt)) {
      problems.add(
          error(
              plan,
              "it was built with TensorRT %s, and here is %s"
                  .formatted(sidecar.tensorrt(), tensorrt),
              "build it again here, or build it with --version-compatible"));
    }
    if (!gpuFits(sidecar, gpu.computeCapability())) {
      problems.add(
          error(
              plan,
              "it was built for %s (compute capability %s), and here is %s (%s)"
                  .formatted(
                      sidecar.gpu().name(),
                      sidecar.gpu().computeCapability(),
                      gpu.name(),
                      gpu.computeCapability()),
              "build it again here, or build it with --hardware-compatible"));
    }
    return problems;
  }

  private static boolean versionFits(Sidecar sidecar, String here) {
    if (sidecar.tensorrt().equals(here)) {
      return true;
    }
    return sidecar.versionCompatible()
        && major(sidecar.tensorrt()) == major(here)
        && compare(sidecar.tensorrt(), here) <= 0;
  }

  private static boolean gpuFits(Sidecar sidecar, String here) {
    String built = sidecar.gpu().computeCapability();
    if (built.equals(here)) {
      return true;
    }
    // The level that runs on Ampere and everything after it.
    return sidecar.hardware().toLowerCase(Locale.ROOT).contains("ampere") && major(here) >= 8;
  }

  private static int major(String version) {
    return part(version, 0);
  }

  private static int compare(String a, String b) {
    for (int i = 0; i < 4; i++) {
      int order = Integer.compare(part(a, i), part(b, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int part(String version, int index) {
    String[] parts = version.split("\\.");
    return index < parts.length && parts[index].matches("[0-9]{1,9}")
        ? Integer.parseInt(parts[index])
        : 0;
  }

  private static Diagnostic error(Path plan, String what, String next) {
    return Diagnostic.error(Code.PLAN_MISMATCH, plan.toString(), what, next);
  }
}
