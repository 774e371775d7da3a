// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
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
            choice -> {
              attempts.add(new LinkedHashSet<>(choice.wide()));
              if (choice.wide().size() < 2) {
                throw noKernel("block/conv" + choice.wide().size());
              }
              return "built";
            },
            built -> Optional.empty());
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
                    choice -> {
                      attempts[0]++;
                      throw failure;
                    },
                    built -> Optional.empty()));
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
                choice -> {
                  attempts[0]++;
                  throw noKernel("same");
                },
                built -> Optional.empty()));
    assertEquals(2, attempts[0]);
  }

  @Test
  void otherWordsForAMissingKernelCountAsWell() {
    for (String words :
        List.of(
            "Assertion !n->candidateRequirements.empty() failed. No supported formats for resize_2",
            "Skipping tactic due to exception Could not infer output types for operation: deconv")) {
      Diagnostic said = Diagnostic.error(Code.BUILD_FAILED, "'resize' (Resize)", words, "");
      assertEquals(Set.of("resize"), BuildRetry.refusedInLowPrecision(List.of(said)));
    }
  }

  @Test
  void nodesThatTheParserTakesInFloat32OnlyStayWide() {
    for (String words :
        List.of(
            "INVALID_NODE: IMatrixMultiplyLayer must have same input types. `A` is of type Float and"
                + " `B` is of type Half.",
            "UNSUPPORTED_NODE: Only FLOAT, HALF or INT8 input is supported for the HardSwish"
                + " operator in this version of TensorRT.")) {
      Diagnostic said = Diagnostic.error(Code.TENSORRT_REFUSED, "'cell/while' (LSTM)", words, "");
      assertEquals(Set.of("cell/while"), BuildRetry.refusedInLowPrecision(List.of(said)));
    }
  }

  @Test
  void otherRefusalsOfTheParserEndIt() {
    Diagnostic said =
        Diagnostic.error(
            Code.TENSORRT_REFUSED, "'squeeze' (Squeeze)", "Cannot infer squeeze dimensions", "");
    assertEquals(Set.of(), BuildRetry.refusedInLowPrecision(List.of(said)));
  }

  @Test
  void anEngineThatIsNotExactEnoughIsBuiltAgainWithATighterBound() {
    List<Double> shares = new ArrayList<>();
    BuildRetry.Result<Double> result =
        BuildRetry.run(
            choice -> {
              shares.add(choice.share());
              return 3e-2 * choice.share();
            },
            error -> error <= 1e-2 ? Optional.empty() : Optional.of("an error of " + error));
    assertEquals(List.of(1.0, 0.3), shares);
    assertEquals(9e-3, result.result(), 1e-9);
    assertEquals(1, result.warnings().size());
    assertTrue(result.warnings().get(0).message().contains("an error of 0.03"));
  }

  @Test
  void theLastEngineIsKeptWithAWarning() {
    int[] attempts = new int[1];
    BuildRetry.Result<String> result =
        BuildRetry.run(
            choice -> {
              attempts[0]++;
              return "engine " + attempts[0];
            },
            built -> Optional.of("wrong"));
    assertEquals("engine 4", result.result());
    assertEquals(4, result.warnings().size());
    assertTrue(result.warnings().get(3).message().startsWith("the engine is less exact"));
  }

  @Test
  void nodesWithoutAKernelAreRememberedWhenTheBoundIsTightened() {
    List<Set<String>> wide = new ArrayList<>();
    BuildRetry.run(
        choice -> {
          wide.add(choice.wide());
          if (choice.wide().isEmpty()) {
            throw noKernel("a");
          }
          return choice.share();
        },
        share -> share < 1 ? Optional.empty() : Optional.of("too much"));
    assertEquals(List.of(Set.of(), Set.of("a"), Set.of("a")), wide);
  }
}
