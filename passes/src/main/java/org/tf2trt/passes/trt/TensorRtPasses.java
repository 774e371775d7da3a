// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.ArrayList;
import java.util.List;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.clean.EliminateCommonSubexpressions;
import org.tf2trt.passes.infer.InferShapes;
import org.tf2trt.passes.rewrite.Rewrite;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.trt.rules.BoolAsInt;
import org.tf2trt.passes.trt.rules.FloatRange;
import org.tf2trt.passes.trt.rules.IntegerCumSum;
import org.tf2trt.passes.trt.rules.IntegerGemm;
import org.tf2trt.passes.trt.rules.IntegerMatMul;
import org.tf2trt.passes.trt.rules.IntegerPow;
import org.tf2trt.passes.trt.rules.IntegerRelu;
import org.tf2trt.passes.trt.rules.IntegerResize;
import org.tf2trt.passes.trt.rules.MaxPoolBySlices;
import org.tf2trt.passes.trt.rules.PowTypes;
import org.tf2trt.passes.trt.rules.RaiseVector;
import org.tf2trt.passes.trt.rules.RuntimeSplit;
import org.tf2trt.passes.trt.rules.ScatterReduction;
import org.tf2trt.passes.trt.rules.SortTopK;
import org.tf2trt.passes.trt.rules.SpellOutEinsum;
import org.tf2trt.passes.trt.rules.SpellOutOneHot;
import org.tf2trt.passes.trt.rules.SpellOutUnique;
import org.tf2trt.passes.trt.rules.SqueezeAxes;
import org.tf2trt.passes.trt.types.CarryTypes;
import org.tf2trt.passes.trt.types.LostRanges;

/** The ordered list of passes and rules that bring an ONNX graph to TensorRT. */
public final class TensorRtPasses {
  private TensorRtPasses() {}

  /** Rewrites what has an equal form, and reports the rest; empty when the target has no limits. */
  public static List<Pass> of(Target target) {
    if (!target.isTensorRt()) {
      return List.of();
    }
    List<Pass> passes = new ArrayList<>();
    LostRanges lost = new LostRanges();
    // First: rules see the types that TensorRT has.
    passes.add(new CarryTypes(lost));
    passes.add(new Rewrite("tensorrt-forms", "choose forms that TensorRT takes", forms()));
    passes.add(new LimitLoops());
    passes.add(new EliminateCommonSubexpressions());
    passes.add(new InferShapes());
    passes.add(new CheckTensorRt(target, lost));
    return passes;
  }

  /** Every rule, in the order in which they are tried. */
  public static List<Rule> forms() {
    return List.of(
        new BoolAsInt(),
        // Einsum and Gemm before MatMul, which they become.
        new SpellOutEinsum(),
        new IntegerGemm(),
        new IntegerMatMul(),
        new PowTypes(),
        new IntegerPow(),
        new SpellOutOneHot(),
        new IntegerCumSum(),
        new ScatterReduction(),
        new MaxPoolBySlices(),
        new SpellOutUnique(),
        new IntegerResize(),
        new RuntimeSplit(),
        new RaiseVector(),
        new IntegerRelu(),
        new SortTopK(),
        new SqueezeAxes(),
        new FloatRange());
  }
}
