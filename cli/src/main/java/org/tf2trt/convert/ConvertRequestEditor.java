// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.nio.file.Path;
import java.util.List;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.ExternalData;
import org.tf2trt.convert.precision.PrecisionRequest;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.lower.LoweringOptions;
import org.tf2trt.passes.Explain;
import org.tf2trt.passes.PassRunner;
import org.tf2trt.passes.clean.UnrollLoops;
import org.tf2trt.passes.trt.Target;

/** Sets single values of a {@link ConvertRequest}, which says what they mean. */
public final class ConvertRequestEditor {
  private final Path model;
  private final Path output;
  private Selection selection = Selection.DEFAULT;
  private List<String> shapes = List.of();
  private IoLayout ioLayout = IoLayout.KEEP;
  private int opset = EmitOptions.DEFAULT.opset();
  private ExternalData externalData = ExternalData.AUTO;
  private String passes = "";
  private List<PassRunner.Observer> observers = List.of();
  private Explain explain = Explain.NONE;
  private Target target = Target.ONNX;
  private PrecisionRequest precision = PrecisionRequest.FP32;
  private Extensions extensions = Extensions.NONE;
  private int unroll = UnrollLoops.DEFAULT_TRIPS;
  private LoweringOptions lowering = LoweringOptions.DEFAULT;

  ConvertRequestEditor(Path model, Path output) {
    this.model = model;
    this.output = output;
  }

  ConvertRequestEditor(ConvertRequest from) {
    this(from.model(), from.output());
    selection = from.selection();
    shapes = from.shapes();
    ioLayout = from.ioLayout();
    opset = from.opset();
    externalData = from.externalData();
    passes = from.passes();
    observers = from.observers();
    explain = from.explain();
    target = from.target();
    precision = from.precision();
    extensions = from.extensions();
    unroll = from.unroll();
    lowering = from.lowering();
  }

  public ConvertRequestEditor selection(Selection value) {
    selection = value;
    return this;
  }

  public ConvertRequestEditor shapes(List<String> value) {
    shapes = value;
    return this;
  }

  public ConvertRequestEditor ioLayout(IoLayout value) {
    ioLayout = value;
    return this;
  }

  public ConvertRequestEditor opset(int value) {
    opset = value;
    return this;
  }

  public ConvertRequestEditor externalData(ExternalData value) {
    externalData = value;
    return this;
  }

  public ConvertRequestEditor passes(String value) {
    passes = value;
    return this;
  }

  public ConvertRequestEditor observers(List<PassRunner.Observer> value) {
    observers = value;
    return this;
  }

  public ConvertRequestEditor explain(Explain value) {
    explain = value;
    return this;
  }

  public ConvertRequestEditor target(Target value) {
    target = value;
    return this;
  }

  public ConvertRequestEditor precision(PrecisionRequest value) {
    precision = value;
    return this;
  }

  public ConvertRequestEditor extensions(Extensions value) {
    extensions = value;
    return this;
  }

  public ConvertRequestEditor unroll(int value) {
    unroll = value;
    return this;
  }

  public ConvertRequestEditor lowering(LoweringOptions value) {
    lowering = value;
    return this;
  }

  public ConvertRequest build() {
    return new ConvertRequest(
        model,
        output,
        selection,
        shapes,
        ioLayout,
        opset,
        externalData,
        passes,
        observers,
        explain,
        target,
        precision,
        extensions,
        unroll,
        lowering);
  }
}
