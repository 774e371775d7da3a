// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.statistics.OutputStatistics;
import org.tf2trt.verify.statistics.OutputSummary;

/**
 * All that is known after a number of calls; of the same size after ten as after ten million.
 *
 * @param fingerprint of models, samples and bounds
 * @param calls that were made
 * @param candidates outputs by runtime
 */
public record VerificationState(
    String fingerprint, long calls, Map<String, List<OutputSummary>> candidates) {
  /** The state of both runs together; throws {@code BAD_DATA} when they did not check the same. */
  public VerificationState and(VerificationState other) {
    if (!candidates.keySet().equals(other.candidates.keySet())) {
      throw DiagnosticException.of(
          Code.BAD_DATA,
          "verification state",
          "one run compared " + candidates.keySet() + ", the other " + other.candidates.keySet(),
          "merge parts of one verification");
    }
    Map<String, List<OutputSummary>> all = new LinkedHashMap<>();
    candidates.forEach((name, mine) -> all.put(name, merged(mine, other.candidates.get(name))));
    return new VerificationState(fingerprint, calls + other.calls, all);
  }

  private static List<OutputSummary> merged(List<OutputSummary> a, List<OutputSummary> b) {
    Map<String, OutputStatistics> outputs = new LinkedHashMap<>();
    a.forEach(s -> outputs.put(s.name(), new OutputStatistics(s)));
    b.forEach(s -> outputs.computeIfAbsent(s.name(), OutputStatistics::new).merge(s));
    List<OutputSummary> all = new ArrayList<>();
    outputs.values().forEach(s -> all.add(s.summary()));
    return all;
  }
}
