// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.tf2trt.backend.engine.natives.NativeLibraries;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

final class ProbeTest {
  private static boolean hasNativeParts() {
    return Loader.class.getResource("/org/bytedeco/cuda/linux-x86_64/libjnicudart.so") != null;
  }

  @Test
  void theDefaultBuildHasNoNativeParts() {
    assumeTrue(!hasNativeParts(), "built with -Pgpu");
    DiagnosticException e = assertThrows(DiagnosticException.class, TensorRt::open);
    assertEquals(Code.NO_GPU_BINDINGS, e.diagnostics().get(0).code());
    assertThrows(DiagnosticException.class, NativeLibraries::loadParser);
  }

  @Test
  void whatComesAfterTheFirstMissingThingIsUnknown() {
    assumeTrue(!hasNativeParts(), "built with -Pgpu");
    Probe probe = TensorRt.probe();
    assertFalse(probe.usable());
    assertEquals(1, probe.problems().size());
    assertEquals(
        List.of("bindings", "driver", "CUDA runtime", "GPU", "TensorRT", "ONNX parser", "builder"),
        probe.items().stream().map(Probe.Item::name).toList());
    assertEquals(Probe.State.MISSING, probe.items().get(0).state());
    for (Probe.Item item : probe.items().subList(1, 7)) {
      assertEquals(Probe.State.UNKNOWN, item.state());
      assertEquals("not tried without bindings", item.detail());
    }
  }

  @Test
  void otherLinesOfTensorRtAreRefused() {
    TensorRt.requireLine(TensorRtLine.BINDINGS);
    TensorRtVersion b = TensorRtLine.BINDINGS;
    TensorRt.requireLine(new TensorRtVersion(b.major(), b.minor() + 3, 0, 1));
    assertEquals(Code.TENSORRT_VERSION, refusal(new TensorRtVersion(b.major() + 1, 0, 0, 0)));
    assertEquals(Code.TENSORRT_VERSION, refusal(new TensorRtVersion(8, 6, 1, 6)));
    assertEquals(
        Code.TENSORRT_VERSION, refusal(new TensorRtVersion(b.major(), b.minor() - 1, 9, 9)));
  }

  private static Code refusal(TensorRtVersion version) {
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> TensorRt.requireLine(version));
    assertTrue(e.getMessage().contains(version.toString()), e.getMessage());
    return e.diagnostics().get(0).code();
  }

  @Test
  void versionsOfDriverAndCuda() {
    assertEquals("13.0", Devices.cuda(13000));
    assertEquals("12.6", Devices.cuda(12060));
    String text =
        "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.82.07  Release Build"
            + "  (dvs-builder)  Wed Aug 27 17:10:34 UTC 2025\nGCC version:  gcc version 12.2.0\n";
    assertEquals("580.82.07", Devices.driver(text));
    assertEquals("", Devices.driver("nothing here"));
  }
}
