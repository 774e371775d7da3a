// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.nio.file.Path;
import java.util.List;
import org.tf2trt.backend.onnx.ExternalData;
import org.tf2trt.convert.precision.PrecisionRequest;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.lower.LoweringOptions;
import org.tf2trt.passes.Explain;
import org.tf2trt.passes.PassRunner;
import org.tf2trt.passes.trt.Target;

/**
 * What to convert, and how.
 *
 * @param model as {@link org.tf2trt.frontend.read.TfModel#open} takes it
 * @param output the {@code .onnx} file to write
 * @param selection which part of the model
 * @param shapes pinned inputs, each {@code NAME=1x224x224x3}
 * @param ioLayout layout of inputs and outputs
 * @param opset of the emitted model, 15 to 23
 * @param externalData whether weights go into a file beside the model
 * @param passes which optional passes run, in the syntax of {@code --passes}; empty for all
 * @param observers see the graph around every pass
 * @param explain hears why rules decline
 * @param target what the model is for; for TensorRT it is brought to what the parser takes
 * @param precision what the network computes in
 * @param extensions the user's own ops and passes
 * @param unroll the most iterations of a loop that are written out, 0 for none
 * @param lowering what becomes of random numbers and of simulated quantisation
 */
public record ConvertRequest(
    Path model,
    Path output,
    Selection selection,
    List<String> shapes,
    IoLayout ioLayout,
    int opset,
    ExternalData externalData,
    String passes,
    List<PassRunner.Observer> observers,
    Explain explain,
    Target target,
    PrecisionRequest precision,
    Extensions extensions,
    int unroll,
    LoweringOptions lowering) {
  public ConvertRequest {
    shapes = List.copyOf(shapes);
    observers = List.copyOf(observers);
  }

  /** The default signature, opset 17, TensorFlow's layout, all passes. */
  public static ConvertRequest of(Path model, Path output) {
    return new ConvertRequestEditor(model, output).build();
  }

  /** An editor that starts with these values; {@code edit().unroll(0).build()}. */
  public ConvertRequestEditor edit() {
    return new ConvertRequestEditor(this);
  }
}
