// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.util.List;
import org.tf2trt.backend.plan.Sidecar;
import org.tf2trt.ir.diag.Diagnostic;

/**
 * Where the ONNX file of a build comes from.
 *
 * @param source the model
 * @param precision as asked for: {@code fp32}, {@code fp16}, {@code bf16}, or {@code as given}
 * @param warnings of the conversion
 */
public record BuildOrigin(Sidecar.Source source, String precision, List<Diagnostic> warnings) {
  public BuildOrigin {
    warnings = List.copyOf(warnings);
  }
}
