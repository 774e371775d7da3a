// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;

/** The messages are those of TensorRT 10. */
final class PlanErrorsTest {
  private static Diagnostic explain(String... errors) {
    return PlanErrors.explain("a.plan", List.of(errors));
  }

  @Test
  void anotherVersion() {
    Diagnostic d =
        explain(
            "IRuntime::deserializeCudaEngine: Error Code 1: Serialization (Serialization assertion"
                + " stdVersionRead == kSERIALIZATION_VERSION failed.Version tag does not match."
                + " Note: Current Version: 239, Serialized Engine Version: 240)");
    assertEquals(Code.PLAN_MISMATCH, d.code());
    assertTrue(d.message().startsWith("was built by another version"), d.text());
  }

  @Test
  void anotherGpu() {
    Diagnostic d =
        explain(
            "IRuntime::deserializeCudaEngine: Error Code 6: API Usage Error (The engine plan file is"
                + " generated on an incompatible device, expecting compute 9.0 got compute 8.6,"
                + " please rebuild.)");
    assertEquals(Code.PLAN_MISMATCH, d.code());
    assertTrue(d.message().startsWith("was built for another GPU"), d.text());
  }

  @Test
  void noPlanAtAll() {
    Diagnostic d =
        explain(
            "IRuntime::deserializeCudaEngine: Error Code 1: Serialization (Serialization assertion"
                + " magicTagRead == kMAGIC_TAG failed.Magic tag does not match)");
    assertEquals(Code.WRONG_FILE_KIND, d.code());
  }

  @Test
  void memoryAndSilence() {
    assertEquals(
        Code.GPU_FAILED,
        explain("Error Code 2: OutOfMemory (Requested size was 99 bytes.)").code());
    assertEquals(Code.PLAN_MISMATCH, explain().code());
  }

  @Test
  void aPluginThatIsNotLoaded() {
    assertTrue(
        explain("Cannot find plugin: EfficientNMS_TRT, version: 1").message().contains("plugin"));
  }
}
