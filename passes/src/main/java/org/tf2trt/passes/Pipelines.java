// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes;

import java.util.List;
import java.util.stream.Stream;
import org.tf2trt.passes.clean.EliminateCommonSubexpressions;
import org.tf2trt.passes.clean.EliminateDeadCode;
import org.tf2trt.passes.clean.FoldConstants;
import org.tf2trt.passes.clean.MergeBranches;
import org.tf2trt.passes.clean.MergeParallelDense;
import org.tf2trt.passes.clean.UnrollLoops;
import org.tf2trt.passes.rewrite.Rewrite;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rules.attention.RecogniseAttention;
import org.tf2trt.passes.rules.canonical.AddNegatedToSubtract;
import org.tf2trt.passes.rules.canonical.CancelNegations;
import org.tf2trt.passes.rules.canonical.CancelReversals;
import org.tf2trt.passes.rules.canonical.ClampToClip;
import org.tf2trt.passes.rules.canonical.ConstantReshapeTarget;
import org.tf2trt.passes.rules.canonical.DivideByPowerOfTwo;
import org.tf2trt.passes.rules.canonical.DivideToReciprocal;
import org.tf2trt.passes.rules.canonical.DropCastToSame;
import org.tf2trt.passes.rules.canonical.DropConcatOfOne;
import org.tf2trt.passes.rules.canonical.DropDropout;
import org.tf2trt.passes.rules.canonical.DropEmptyConcatInputs;
import org.tf2trt.passes.rules.canonical.DropEmptyPad;
import org.tf2trt.passes.rules.canonical.DropEqualOperand;
import org.tf2trt.passes.rules.canonical.DropExpandBeforeBroadcast;
import org.tf2trt.passes.rules.canonical.DropFullSlice;
import org.tf2trt.passes.rules.canonical.DropIdentity;
import org.tf2trt.passes.rules.canonical.DropIdentityTranspose;
import org.tf2trt.passes.rules.canonical.DropKnownOperand;
import org.tf2trt.passes.rules.canonical.DropNeutralFill;
import org.tf2trt.passes.rules.canonical.DropNeutralOperand;
import org.tf2trt.passes.rules.canonical.DropReduceOfNothing;
import org.tf2trt.passes.rules.canonical.DropReshapeToSame;
import org.tf2trt.passes.rules.canonical.DropSplitOfOne;
import org.tf2trt.passes.rules.canonical.DropTileByOne;
import org.tf2trt.passes.rules.canonical.EvaluateConstants;
import org.tf2trt.passes.rules.canonical.FlattenConcat;
import org.tf2trt.passes.rules.canonical.FoldNegIntoScale;
import org.tf2trt.passes.rules.canonical.JoinSplitAxis;
import org.tf2trt.passes.rules.canonical.KeepDimsByReshape;
import org.tf2trt.passes.rules.canonical.MatMulOverLastAxis;
import org.tf2trt.passes.rules.canonical.MergeCasts;
import org.tf2trt.passes.rules.canonical.MergeClamps;
import org.tf2trt.passes.rules.canonical.MergeReshapes;
import org.tf2trt.passes.rules.canonical.MergeScales;
import org.tf2trt.passes.rules.canonical.MergeShifts;
import org.tf2trt.passes.rules.canonical.MergeTransposedAxes;
import org.tf2trt.passes.rules.canonical.MergeTransposes;
import org.tf2trt.passes.rules.canonical.MoveConstantRight;
import org.tf2trt.passes.rules.canonical.MoveNegOutOfMul;
import org.tf2trt.passes.rules.canonical.ReadExtentsOfInputs;
import org.tf2trt.passes.rules.canonical.ReduceBeforeFlatten;
import org.tf2trt.passes.rules.canonical.ReshapeBeforeDequantize;
import org.tf2trt.passes.rules.canonical.SquareToMul;
import org.tf2trt.passes.rules.canonical.SqueezeBeforeTranspose;
import org.tf2trt.passes.rules.canonical.SubtractToAdd;
import org.tf2trt.passes.rules.canonical.TransposeAfterConcat;
import org.tf2trt.passes.rules.canonical.TransposeOfOnesToReshape;
import org.tf2trt.passes.rules.canonical.UnsqueezeAfterTranspose;
import org.tf2trt.passes.rules.canonical.WhereNeverNegative;
import org.tf2trt.passes.rules.canonical.WhereOfConstant;
import org.tf2trt.passes.rules.finish.SpellOutSigmoidAtOutput;
import org.tf2trt.passes.rules.fold.BatchNormToScaleShift;
import org.tf2trt.passes.rules.fold.FoldNumberIntoDense;
import org.tf2trt.passes.rules.fold.FoldPadIntoAveragePool;
import org.tf2trt.passes.rules.fold.FoldPadIntoConv;
import org.tf2trt.passes.rules.fold.FoldPadIntoMaxPool;
import org.tf2trt.passes.rules.fold.FoldScaleBeforeConv;
import org.tf2trt.passes.rules.fold.FoldScaleBeforeDense;
import org.tf2trt.passes.rules.fold.FoldScaleIntoConv;
import org.tf2trt.passes.rules.fold.FoldScaleIntoDense;
import org.tf2trt.passes.rules.fold.FoldScaleIntoQuantizedConv;
import org.tf2trt.passes.rules.fold.FoldShiftBeforeConv;
import org.tf2trt.passes.rules.fold.FoldShiftBeforeGemm;
import org.tf2trt.passes.rules.fold.FoldShiftIntoConv;
import org.tf2trt.passes.rules.fold.FoldShiftIntoGemm;
import org.tf2trt.passes.rules.fold.FoldTransposeIntoGemm;
import org.tf2trt.passes.rules.fold.MatMulAddToGemm;
import org.tf2trt.passes.rules.fold.MergePads;
import org.tf2trt.passes.rules.fold.MoveShiftBeforeReshape;
import org.tf2trt.passes.rules.fold.PermuteDenseColumns;
import org.tf2trt.passes.rules.fold.PermuteDenseRows;
import org.tf2trt.passes.rules.fold.ScaleShiftToBatchNorm;
import org.tf2trt.passes.rules.recognise.CentreNormalization;
import org.tf2trt.passes.rules.recognise.FoldScaleIntoNorm;
import org.tf2trt.passes.rules.recognise.FoldShiftIntoNorm;
import org.tf2trt.passes.rules.recognise.HoistConstantFactor;
import org.tf2trt.passes.rules.recognise.MoveSignOutOfErf;
import org.tf2trt.passes.rules.recognise.MulReciprocalToDiv;
import org.tf2trt.passes.rules.recognise.RecogniseGelu;
import org.tf2trt.passes.rules.recognise.RecogniseGlobalPool;
import org.tf2trt.passes.rules.recognise.RecogniseHardSigmoid;
import org.tf2trt.passes.rules.recognise.RecogniseHardSwish;
import org.tf2trt.passes.rules.recognise.RecogniseInstanceNorm;
import org.tf2trt.passes.rules.recognise.RecogniseLayerNorm;
import org.tf2trt.passes.rules.recognise.RecogniseLeakyRelu;
import org.tf2trt.passes.rules.recognise.RecogniseLogSoftmax;
import org.tf2trt.passes.rules.recognise.RecognisePRelu;
import org.tf2trt.passes.rules.recognise.RecogniseSoftmax;
import org.tf2trt.passes.rules.recognise.RecogniseSoftplus;
import org.tf2trt.passes.rules.recurrent.MergeDirections;
import org.tf2trt.passes.rules.recurrent.RecogniseGru;
import org.tf2trt.passes.rules.recurrent.RecogniseLstm;
import org.tf2trt.passes.rules.recurrent.RecogniseRnn;
import org.tf2trt.passes.rules.recurrent.WalkBackwards;

/** The ordered lists of passes and of the rules in them. At a node, rules are tried in order. */
public final class Pipelines {
  /** The name of the pass that finds attention. */
  public static final String ATTENTION = "recognise-attention";

  private Pipelines() {}

  /** Brings a graph to its canonical form; useful before and after every larger step. */
  public static List<Pass> cleanup() {
    return List.of(
        new EliminateDeadCode(),
        new MergeBranches(),
        // Before the rules: most of them look for constants.
        new FoldConstants(),
        new Rewrite("canonicalise", "bring ops to their simplest equal form", canonical()),
        // Last: the rules make equal expressions look equal.
        new EliminateCommonSubexpressions());
  }

  /** Forms in which the layout assignment sees through dense layers. */
  public static List<Pass> beforeLayout() {
    return List.of(
        new Rewrite(
            "unflatten-dense", "let dense layers keep the rank of their input", unflattening()));
  }

  private static List<Rule> unflattening() {
    return List.of(new MatMulOverLastAxis());
  }

  /**
   * For TensorRT, before the layout is assigned: a normalisation of the channels stays one op,
   * which needs them last, instead of following its neighbours to channels first in many ops.
   */
  public static List<Pass> layerNorms() {
    return List.of(
        new Rewrite(
            "recognise-layer-norms",
            "find the layer normalisations, which have their channels last",
            Stream.of(canonical(), layerNormRules()).flatMap(List::stream).toList()));
  }

  /** One form for the many ways to write normalisations, then the op; folding is for all norms. */
  private static List<Rule> layerNormRules() {
    return List.of(
        new CentreNormalization(),
        new HoistConstantFactor(),
        new MulReciprocalToDiv(),
        new RecogniseLayerNorm(),
        new FoldScaleIntoNorm(),
        new FoldShiftIntoNorm());
  }

  /**
   * Fewer and larger ops; for a graph whose layout is assigned, so that convolutions stand next to
   * what scales and shifts them.
   */
  public static List<Pass> fusion() {
    return List.of(
        // Before folding, which would take parts of an expression into weights.
        new Rewrite("recognise", "find one op where many spell it out", recognising()),
        // Equal masks and sequences of both directions become one.
        new EliminateCommonSubexpressions(),
        new MergeDirections(),
        // After recognition, which wants to see loops; before folding, which sees into none.
        new UnrollLoops(UnrollLoops.DEFAULT_TRIPS),
        new Rewrite("fold-into-weights", "put scales, shifts and paddings into weights", folding()),
        // After folding, for which a scale or a shift belongs to one layer.
        new MergeParallelDense(),
        // After folding, which removes transposes next to dense layers altogether.
        new Rewrite("narrow-transposes", "transpose in the lowest rank", narrowing()),
        // After folding: these forms would hide scales and shifts from it.
        new Rewrite("finish", "choose the smallest forms of what is left", finishing()),
        new EliminateCommonSubexpressions());
  }

  /** Ops that only newer opsets than the default have; for runtimes that take those. */
  public static List<Pass> newerOps() {
    return List.of(
        new Rewrite(ATTENTION, "find attention, which opset 23 has an op for", attention()),
        // Layers share what is made of their masks.
        new EliminateCommonSubexpressions());
  }

  /** The canonical rules and the one that finds attention. */
  public static List<Rule> attention() {
    return Stream.of(canonical(), List.<Rule>of(new RecogniseAttention()))
        .flatMap(List::stream)
        .toList();
  }

  /** Every rule there is, in the order of the lists. */
  public static List<Rule> rules() {
    return Stream.of(
            canonical(),
            unflattening(),
            singleOps(),
            intoWeights(),
            narrowest(),
            finishing(),
            List.<Rule>of(new RecogniseAttention()))
        .flatMap(List::stream)
        .toList();
  }

  /** The canonical rules and those that find single ops. */
  public static List<Rule> recognising() {
    return Stream.of(canonical(), singleOps()).flatMap(List::stream).toList();
  }

  private static List<Rule> singleOps() {
    return Stream.concat(layerNormRules().stream(), opsBesideLayerNorm().stream()).toList();
  }

  private static List<Rule> opsBesideLayerNorm() {
    return List.of(
        new RecogniseInstanceNorm(),
        // Activations.
        new MoveSignOutOfErf(),
        new RecogniseGelu(),
        new RecogniseHardSigmoid(),
        new RecogniseHardSwish(),
        new RecognisePRelu(),
        new RecogniseLeakyRelu(),
        new RecogniseSoftmax(),
        new RecogniseSoftplus(),
        new RecogniseLogSoftmax(),
        // Loops over time; after the activations, which they hold.
        new RecogniseLstm(),
        new RecogniseGru(),
        new RecogniseRnn(),
        new WalkBackwards());
  }

  /** The canonical rules and those that put neighbours into weights. */
  public static List<Rule> folding() {
    return Stream.of(canonical(), intoWeights()).flatMap(List::stream).toList();
  }

  private static List<Rule> intoWeights() {
    return List.of(
        // First: what it leaves, the next rules fold.
        new BatchNormToScaleShift(),
        new FoldScaleIntoConv(),
        new FoldScaleIntoQuantizedConv(),
        new FoldShiftIntoConv(),
        new FoldScaleIntoDense(),
        new FoldShiftIntoGemm(),
        new FoldNumberIntoDense(),
        new MoveShiftBeforeReshape(),
        new FoldScaleBeforeConv(),
        new FoldScaleBeforeDense(),
        // A scale folds always, a shift only where nothing is padded, so scales go first; and
        // pads go last, for a convolution that has taken them takes no shift.
        new FoldShiftBeforeConv(),
        new FoldShiftBeforeGemm(),
        new MatMulAddToGemm(),
        new FoldTransposeIntoGemm(),
        new PermuteDenseRows(),
        new PermuteDenseColumns(),
        new MergePads(),
        new FoldPadIntoConv(),
        new FoldPadIntoAveragePool(),
        new FoldPadIntoMaxPool());
  }

  /** The canonical rules and the merging of axes that move together. */
  public static List<Rule> narrowing() {
    return Stream.of(canonical(), narrowest()).flatMap(List::stream).toList();
  }

  private static List<Rule> narrowest() {
    return List.of(
        new SqueezeBeforeTranspose(), new UnsqueezeAfterTranspose(), new MergeTransposedAxes());
  }

  /** Last forms, which the canonical rules would undo or could not read. */
  public static List<Rule> finishing() {
    return List.of(
        new TransposeOfOnesToReshape(),
        new RecogniseGlobalPool(),
        new ScaleShiftToBatchNorm(),
        new SpellOutSigmoidAtOutput());
  }

  /** Rules that simplify and never add nodes. */
  public static List<Rule> canonical() {
    return List.of(
        // First: a constant needs no other rule.
        new EvaluateConstants(),
        new DropIdentity(),
        new DropDropout(),
        new DropCastToSame(),
        new MergeCasts(),
        // Shapes. Merging before dropping would keep a reshape that a pair cancels.
        new DropIdentityTranspose(),
        new MergeTransposes(),
        new DropReshapeToSame(),
        new KeepDimsByReshape(),
        new ReduceBeforeFlatten(),
        new MergeReshapes(),
        new ReshapeBeforeDequantize(),
        new ConstantReshapeTarget(),
        new ReadExtentsOfInputs(),
        new DropExpandBeforeBroadcast(),
        new DropTileByOne(),
        new DropFullSlice(),
        new DropConcatOfOne(),
        new DropEmptyConcatInputs(),
        new FlattenConcat(),
        new TransposeAfterConcat(),
        new JoinSplitAxis(),
        new CancelReversals(),
        new DropSplitOfOne(),
        new DropEmptyPad(),
        new DropReduceOfNothing(),
        // Arithmetic. The constant goes right first: the rules after it look only there.
        new MoveConstantRight(),
        new DropNeutralOperand(),
        new DropKnownOperand(),
        new DropEqualOperand(),
        new DropNeutralFill(),
        new SquareToMul(),
        new DivideToReciprocal(),
        new DivideByPowerOfTwo(),
        new SubtractToAdd(),
        new CancelNegations(),
        new AddNegatedToSubtract(),
        new MoveNegOutOfMul(),
        new FoldNegIntoScale(),
        new MergeShifts(),
        new MergeScales(),
        // Clamps. Merging first lets Min(Relu(x), 6) become one Clip at once.
        new MergeClamps(),
        new ClampToClip(),
        new WhereOfConstant(),
        new WhereNeverNegative());
  }
}
