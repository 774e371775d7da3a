// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

final class BuildOptionsTest {
  private static void refused(Executable e) {
    assertThrows(IllegalArgumentException.class, e);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    refused(() -> BuildOptions.DEFAULT.edit().optimizationLevel(6).build());
    refused(() -> BuildOptions.DEFAULT.edit().optimizationLevel(-1).build());
    refused(() -> BuildOptions.DEFAULT.edit().workspace(OptionalLong.of(0)).build());
    refused(() -> BuildOptions.DEFAULT.edit().auxStreams(OptionalInt.of(-1)).build());
  }

  @Test
  void strippedWeightsNeedRefit() {
    assertTrue(BuildOptions.DEFAULT.edit().stripWeights(true).build().refit());
    assertFalse(BuildOptions.DEFAULT.refit());
    assertFalse(BuildOptions.DEFAULT.tf32());
  }

  @Test
  void editingKeepsTheRest() {
    BuildOptions a =
        BuildOptions.DEFAULT.edit().optimizationLevel(5).sparsity(true).tf32(true).build();
    assertEquals(a, a.edit().build());
    assertEquals(5, a.withMarkedOutputs(List.of("t")).optimizationLevel());
    assertEquals(List.of("t"), a.withMarkedOutputs(List.of("t")).markedOutputs());
  }

  @Test
  void optionsThatThisLineLacksAreListedTogether() {
    BuildOptions options =
        BuildOptions.DEFAULT
            .edit()
            .hardware(HardwareCompatibility.SAME_COMPUTE_CAPABILITY)
            .tacticSources(Optional.of(EnumSet.of(TacticSource.CUDNN, TacticSource.CUBLAS)))
            .build();
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> Configuration.check(options));
    assertEquals(TensorRtLine.MAJOR == 10 ? 1 : 2, e.diagnostics().size());
    assertEquals(Code.BAD_BUILD_OPTION, e.diagnostics().get(0).code());
    Configuration.check(BuildOptions.DEFAULT);
  }

  @Test
  void streamingAndStrippingExcludeEachOther() {
    BuildOptions both =
        BuildOptions.DEFAULT.edit().stripWeights(true).weightStreaming(true).build();
    assertThrows(DiagnosticException.class, () -> Configuration.check(both));
  }

  @Test
  void rangesOfProfiles() {
    Profile.Range r = new Profile.Range(List.of(1L, 3L), List.of(8L, 3L), List.of(32L, 3L));
    assertTrue(r.contains(new long[] {32, 3}));
    assertFalse(r.contains(new long[] {33, 3}));
    assertFalse(r.contains(new long[] {1}));
    assertTrue(Profile.Range.fixed(2, 2).contains(new long[] {2, 2}));
    refused(() -> new Profile.Range(List.of(2L), List.of(1L), List.of(4L)));
    refused(() -> new Profile.Range(List.of(1L), List.of(1L, 1L), List.of(1L)));
  }

  @Test
  void versions() {
    TensorRtVersion v = TensorRtVersion.parse("10.6.0.26");
    assertEquals(new TensorRtVersion(10, 6, 0, 26), v);
    assertEquals("10.6.0.26", v.toString());
    assertEquals(new TensorRtVersion(11, 2, 0, 0), TensorRtVersion.parse(" 11.2 "));
    assertTrue(v.samePlans(TensorRtVersion.parse("10.6.0")));
    assertFalse(v.samePlans(TensorRtVersion.parse("10.6.1")));
    assertTrue(v.compareTo(TensorRtVersion.parse("10.10.0")) < 0);
    refused(() -> TensorRtVersion.parse("ten"));
    refused(() -> TensorRtVersion.parse("10"));
  }
}
