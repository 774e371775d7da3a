// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert.precision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tf2trt.passes.precision.Precision;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.precision.Evidence;

/**
 * What low precision did to a network.
 *
 * @param precision of the nodes that are not islands
 * @param low how many nodes compute in it
 * @param islands nodes that could and do not, with the reason
 * @param wide how many more stay float32 because casts would cost more
 * @param casts how many were put in
 * @param comparison of each output, simulated with float32 kernels; empty when nothing was measured
 * @param mixed of each output, with the graph as it is now in ONNX Runtime; empty when that cannot
 *     run it
 * @param bound what the errors were to stay within
 * @param trials how many choices of islands were measured
 * @param evidence what was measured on; {@link Evidence#NONE} when nothing was
 */
public record PrecisionReport(
    Precision precision,
    int low,
    Map<String, String> islands,
    int wide,
    int casts,
    Comparison comparison,
    Comparison mixed,
    double bound,
    int trials,
    Evidence evidence) {
  public PrecisionReport {
    islands = Collections.unmodifiableMap(new LinkedHashMap<>(islands));
  }
}
