// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.inspect;

import java.util.List;
import java.util.Map;
import org.tf2trt.convert.Extensions;
import org.tf2trt.frontend.lower.LoweringOptions;
import org.tf2trt.passes.infer.ShapeSpec;
import org.tf2trt.passes.trt.Target;

/**
 * How to look at a model.
 *
 * @param shapes of inputs to pin, as {@code convert --shape} takes them
 * @param values of inputs that are to be constants, as {@code convert --value} takes them
 * @param target what it should be for; TensorRT also says what an engine would be
 * @param extensions the user's own ops
 * @param lowering what TensorFlow ops become where there is a choice
 */
public record Inquiry(
    List<ShapeSpec> shapes,
    Map<String, String> values,
    Target target,
    Extensions extensions,
    LoweringOptions lowering) {
  public Inquiry {
    shapes = List.copyOf(shapes);
  }
}
