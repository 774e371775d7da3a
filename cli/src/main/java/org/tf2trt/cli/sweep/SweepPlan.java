// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.frontend.Selection;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.golden.CaseArchive;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.ModelDescription;

/** Turns what was found into conversions; archives are unpacked into a scratch folder. */
final class SweepPlan {
  private final Path scratch;

  SweepPlan(Path scratch) {
    this.scratch = scratch;
  }

  /** Throws DiagnosticException when a description is malformed. */
  List<SweepItem> items(FoundModel found) {
    return switch (found.kind()) {
      case DESCRIBED -> DescribedItems.of(found.name(), ModelDescription.read(found.path()));
      case PLAIN -> List.of(plain(found));
      case ZIP -> zip(found);
    };
  }

  private static SweepItem plain(FoundModel found) {
    return new SweepItem(
        found.name(),
        found.path(),
        Selection.DEFAULT,
        List.of(),
        List::of,
        Expectation.STRICT,
        false,
        Set.of());
  }

  private List<SweepItem> zip(FoundModel found) {
    try {
      if (ModelZip.is(found.path())) {
        Path folder = ModelZip.unpack(found.path(), scratch);
        return DescribedItems.of(found.name(), ModelDescription.read(folder));
      }
      try (CaseArchive archive = CaseArchive.open(found.path())) {
        Path graph = scratch.resolve("graph.pb");
        archive.extractGraph(graph);
        Golden golden = archive.golden();
        Selection selection =
            new Selection(Optional.empty(), List.of(), archive.inputs(), archive.outputs());
        return List.of(
            new SweepItem(
                found.name(),
                graph,
                selection,
                List.of(),
                () -> List.of(golden),
                archive.expectation(),
                archive.refuse(),
                archive.refusable()));
      }
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.CORRUPT_FILE,
          found.path().toString(),
          "it cannot be unpacked: " + e.getMessage(),
          "make the archive again");
    }
  }

  /** Removes what was unpacked, the scratch folder itself stays. */
  void clean() throws IOException {
    try (var files = Files.walk(scratch)) {
      for (Path p : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        if (!p.equals(scratch)) {
          Files.delete(p);
        }
      }
    }
  }
}
