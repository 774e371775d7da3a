// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

class BuildRetryTest {
  private static DiagnosticException noKernel(String node) {
    return DiagnosticException.of(
        Code.BUILD_FAILED,
        "'" + node + "' (Conv)",
        "Error Code 10: Internal Error (Could not find any implementation for node " + node + ".)",
        "");
  }

  @Test
  void nodesWithoutAKernelStayWideOneAfterTheOther() {
    List<Set<String>> attempts = new ArrayList<>();
    BuildRetry.Result<String> result =
        BuildRetry.run(
            wide -> {
              attempts.add(new LinkedHashSet<>(wide));
              if (wide.size() < 2) {
                throw noKernel("block/conv" + wide.size());
              }
              return "built";
            });
    assertEquals("built", result.result());
    assertEquals(
        List.of(Set.of(), Set.of("block/conv0"), Set.of("block/conv0", "block/conv1")), attempts);
    assertEquals(2, result.warnings().size());
    assertTrue(result.warnings().get(1).text().startsWith("warning[TF"), "is a warning");
    assertEquals("'block/conv1'", result.warnings().get(1).subject());
  }

  @Test
  void whatIsNotAboutKernelsIsNotTriedAgain() {
    int[] attempts = new int[1];
    DiagnosticException failure =
        DiagnosticException.of(Code.BUILD_FAILED, "'a' (Conv)", "out of memory", "");
    DiagnosticException thrown =
        assertThrows(
            DiagnosticException.class,
            () ->
                BuildRetry.run(
                    wide -> {
                      attempts[0]++;
                      throw failure;
                    }));
    assertEquals(failure, thrown);
    assertEquals(1, attempts[0]);
  }

  @Test
  void aNodeThatFailsInFp32TooEndsIt() {
    int[] attempts = new int[1];
    assertThrows(
        DiagnosticException.class,
        () ->
            BuildRetry.run(
                wide -> {
                  attempts[0]++;
                  throw noKernel("same");
                }));
    assertEquals(2, attempts[0]);
  }
}
