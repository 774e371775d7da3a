// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.Port;
import org.tf2trt.verify.samples.GeneratedSamples;
import org.tf2trt.verify.samples.IndexBounds;
import org.tf2trt.verify.samples.Samples;
import org.tf2trt.verify.samples.ValueRange;

/** Chooses what is fed, by the options. */
final class SampleSources {
  private final VerifyOptions options;
  private final long seed;

  SampleSources(VerifyOptions options, long seed) {
    this.options = options;
    this.seed = seed;
  }

  Samples open(ModelRunner reference, ModelRunner converted, Graph onnx) {
    Map<String, long[]> shapes =
        new InputShapes(options.dims).of(reference.inputs(), converted.inputs());
    Map<String, ValueRange> ranges = new LinkedHashMap<>(IndexBounds.of(onnx));
    options.ranges.forEach(
        (name, text) -> {
          if (reference.inputs().stream().map(Port::name).noneMatch(name::equals)) {
            throw DiagnosticException.of(
                Code.UNKNOWN_NAME,
                "--range " + name,
                "the model has no such input",
                "the inputs are " + reference.inputs());
          }
          ranges.put(name, ValueRange.parse(text));
        });
    return new GeneratedSamples(seed, reference.inputs(), ranges, shapes);
  }
}
