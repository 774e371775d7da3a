// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.ArrayList;
import java.util.List;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.clean.EliminateCommonSubexpressions;
import org.tf2trt.passes.infer.InferShapes;
import org.tf2trt.passes.rewrite.Rewrite;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rules.canonical.MergeShifts;
import org.tf2trt.passes.rules.fold.FoldShiftBeforeConv;
import org.tf2trt.passes.rules.fold.FoldShiftBeforeGemm;
import org.tf2trt.passes.rules.fold.FoldShiftIntoConv;
import org.tf2trt.passes.rules.fold.FoldShiftIntoGemm;
import org.tf2trt.passes.rules.fold.MatMulAddToGemm;
import org.tf2trt.passes.trt.quantized.CentreQuantization;
import org.tf2trt.passes.trt.quantized.DropClampBeforeQuantize;
import org.tf2trt.passes.trt.quantized.PadBeforeQuantize;
import org.tf2trt.passes.trt.quantized.ShiftBeforeClamp;
import org.tf2trt.passes.trt.quantized.ShiftBehindMove;
import org.tf2trt.passes.trt.rules.ArgOfFirstAxis;
import org.tf2trt.passes.trt.rules.BoolAsInt;
import org.tf2trt.passes.trt.rules.DecidedConnective;
import org.tf2trt.passes.trt.rules.FloatRange;
import org.tf2trt.passes.trt.rules.IntegerCumSum;
import org.tf2trt.passes.trt.rules.IntegerGemm;
import org.tf2trt.passes.trt.rules.IntegerMatMul;
import org.tf2trt.passes.trt.rules.IntegerMod;
import org.tf2trt.passes.trt.rules.IntegerPow;
import org.tf2trt.passes.trt.rules.IntegerReduction;
import org.tf2trt.passes.trt.rules.IntegerRelu;
import org.tf2trt.passes.trt.rules.IntegerResize;
import org.tf2trt.passes.trt.rules.MaxPoolBySlices;
import org.tf2trt.passes.trt.rules.PowTypes;
import org.tf2trt.passes.trt.rules.RaiseVector;
import org.tf2trt.passes.trt.rules.RunAllTrips;
import org.tf2trt.passes.trt.rules.RuntimeReduce;
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
    // Before carrying, which spells out what is not quantised around zero.
    passes.add(new CentreQuantization());
    passes.add(new Rewrite("fold-centres", "put what centring adds into biases", centring()));
    // Before the forms: their rules see the types that TensorRT has.
    passes.add(new CarryTypes(lost));
    passes.add(new Rewrite("tensorrt-forms", "choose forms that TensorRT takes", forms()));
    passes.add(new LimitLoops());
    passes.add(new EliminateCommonSubexpressions());
    passes.add(new InferShapes());
    passes.add(new CheckTensorRt(target, lost));
    return passes;
  }

  /** The rules that follow {@link CentreQuantization}. */
  public static List<Rule> centring() {
    return List.of(
        new MergeShifts(),
        new ShiftBehindMove(),
        new ShiftBeforeClamp(),
        new DropClampBeforeQuantize(),
        // Before folding, which takes shifts in front of convolutions that do not pad.
        new PadBeforeQuantize(),
        new FoldShiftBeforeConv(),
        new FoldShiftIntoConv(),
        new MatMulAddToGemm(),
        new FoldShiftBeforeGemm(),
        new FoldShiftIntoGemm());
  }

  /** Every rule for other forms, in the order in which they are tried. */
  public static List<Rule> forms() {
    return List.of(
        new BoolAsInt(),
        new DecidedConnective(),
        // Einsum and Gemm before MatMul, which they become.
        new SpellOutEinsum(),
        new IntegerGemm(),
        new IntegerMatMul(),
        new PowTypes(),
        new IntegerPow(),
        new IntegerMod(),
        new SpellOutOneHot(),
        new IntegerCumSum(),
        new ScatterReduction(),
        new MaxPoolBySlices(),
        new SpellOutUnique(),
        new IntegerResize(),
        new RunAllTrips(),
        new RuntimeSplit(),
        new RuntimeReduce(),
        // After the forms that end in a sum of integers.
        new IntegerReduction(),
        new RaiseVector(),
        new IntegerRelu(),
        new SortTopK(),
        new ArgOfFirstAxis(),
        new SqueezeAxes(),
        new FloatRange());
  }
}
