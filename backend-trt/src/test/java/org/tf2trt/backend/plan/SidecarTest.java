// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

class SidecarTest {
  private static final Sidecar.Gpu H200 = new Sidecar.Gpu("NVIDIA H200", "9.0", "580.95", "13.0");
  private static final String VERSION = "10.6.0.26";

  @TempDir private Path folder;

  private static Sidecar sidecar(Map<String, String> flags) {
    return new Sidecar(
        "0.1",
        VERSION,
        H200,
        new Sidecar.Source("my_model", "ab12"),
        "fp16",
        List.of(new Sidecar.Port("image", "f32", "[batch,8]")),
        List.of(new Sidecar.Port("scores", "f32", "[batch,2]")),
        List.of(Map.of("image", "1x8..2x8..4x8")),
        flags,
        1.5,
        3,
        "cd34",
        List.of("a warning"));
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path plan = folder.resolve("deep/m.plan");
    Sidecar written = sidecar(Map.of("tf32", "false"));
    PlanFiles.write(plan, c -> c.write(ByteBuffer.wrap(new byte[] {1, 2, 3})), w -> written);
    assertEquals(Optional.of(written), SidecarJson.read(plan));
    assertEquals(3, Files.size(plan));
    try (Stream<Path> files = Files.list(plan.getParent())) {
      assertEquals(
          List.of("m.plan", "m.plan.json"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void nothingIsLeftWhenOneOfTheTwoCannotBeWritten() throws IOException {
    Path plan = folder.resolve("m.plan");
    Files.createDirectory(Sidecar.of(plan));
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class,
            () ->
                PlanFiles.write(
                    plan, c -> c.write(ByteBuffer.wrap(new byte[3])), w -> sidecar(Map.of())));
    assertEquals(Code.OUTPUT_NOT_WRITABLE, e.diagnostics().get(0).code());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(Sidecar.of(plan)), files.toList());
    }
  }

  @Test
  void aPlanWithoutSidecarHasNone() {
    assertEquals(Optional.empty(), SidecarJson.read(folder.resolve("m.plan")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"tensorrt\": 1, \"plan\": {}}"})
  void malformedSidecarsAreRefused(String text) throws IOException {
    Path plan = folder.resolve("m.plan");
    Files.writeString(Sidecar.of(plan), text);
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> SidecarJson.read(plan));
    assertEquals(Code.BAD_SIDECAR, e.diagnostics().get(0).code());
  }

  private static List<String> problems(
      Map<String, String> flags, long bytes, String version, String capability) {
    return problems(flags, new PlanFiles.Written(bytes, "cd34"), version, capability);
  }

  private static List<String> problems(
      Map<String, String> flags, PlanFiles.Written content, String version, String capability) {
    return PlanFit.check(
            Path.of("m.plan"),
            sidecar(flags),
            content,
            version,
            new Sidecar.Gpu("here", capability, "", ""))
        .stream()
        .peek(d -> assertEquals(Code.PLAN_MISMATCH, d.code()))
        .map(Diagnostic::message)
        .toList();
  }

  @Test
  void aPlanFitsWhereItWasBuilt() {
    assertEquals(List.of(), problems(Map.of(), 3, VERSION, "9.0"));
  }

  @Test
  void allThatDoesNotFitIsReportedAtOnce() {
    List<String> all = problems(Map.of(), 4, "11.2.1.8", "8.6");
    assertEquals(3, all.size());
    assertTrue(all.get(0).contains("4 bytes"), all.get(0));
    assertTrue(all.get(1).contains("TensorRT 10.6.0.26, and here is 11.2.1.8"), all.get(1));
    assertTrue(all.get(2).contains("NVIDIA H200 (compute capability 9.0)"), all.get(2));
  }

  @Test
  void aPlanWhoseBytesChangedDoesNotFit() {
    List<String> all = problems(Map.of(), new PlanFiles.Written(3, "ab12"), VERSION, "9.0");
    assertEquals(1, all.size());
    assertTrue(all.get(0).contains("its SHA-256 is ab12"), all.get(0));
  }

  @Test
  void compatiblePlansFitMore() {
    Map<String, String> version = Map.of("version-compatible", "true");
    assertEquals(List.of(), problems(version, 3, "10.9.0.1", "9.0"));
    assertEquals(1, problems(version, 3, "10.5.0.1", "9.0").size());
    assertEquals(1, problems(version, 3, "11.0.0.1", "9.0").size());
    Map<String, String> hardware = Map.of("hardware-compatible", "ampere_plus");
    assertEquals(List.of(), problems(hardware, 3, VERSION, "8.6"));
    assertEquals(List.of(), problems(hardware, 3, VERSION, "12.0"));
    assertEquals(1, problems(hardware, 3, VERSION, "7.5").size());
  }

  @Test
  void hashesAreThoseOfSha256() throws IOException {
    String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    Path file = Files.writeString(folder.resolve("abc"), "abc");
    assertEquals(abc, PlanFiles.sha256(file));
    assertEquals(new PlanFiles.Written(3, abc), PlanFiles.content(file));
    PlanFiles.write(
        folder.resolve("m.plan"),
        c -> {
          c.write(ByteBuffer.wrap(new byte[] {'a', 'b'}));
          c.write(ByteBuffer.wrap(new byte[] {'c'}));
        },
        w -> {
          assertEquals(new PlanFiles.Written(3, abc), w);
          return sidecar(Map.of());
        });
  }
}
