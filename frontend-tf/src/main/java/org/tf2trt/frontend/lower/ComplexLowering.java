// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import org.tf2trt.passes.build.OnnxBuilder;

/** One TensorFlow op with complex inputs or results, in ONNX ops on real numbers. */
@FunctionalInterface
interface ComplexLowering {
  /**
   * One pair for each output; a real output is the real part of its pair.
   *
   * @param node its {@code inputs()} are those of the real ones only
   * @param inputs a real input is the real part of its pair, whose imaginary part is absent
   */
  List<Pair> lower(TfNode node, List<Pair> inputs, OnnxBuilder build);
}
