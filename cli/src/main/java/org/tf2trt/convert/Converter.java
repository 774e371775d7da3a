// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.convert.precision.IoTypeSpec;
import org.tf2trt.convert.precision.LowPrecision;
import org.tf2trt.convert.precision.PrecisionReport;
import org.tf2trt.convert.precision.PrecisionRequest;
import org.tf2trt.frontend.Endpoints;
import org.tf2trt.frontend.TensorFlowFrontend;
import org.tf2trt.frontend.imports.Imported;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.frontend.lower.LowerTensorFlow;
import org.tf2trt.frontend.lower.LoweringOptions;
import org.tf2trt.frontend.quantized.QuantizationStep;
import org.tf2trt.frontend.quantized.QuantizationSteps;
import org.tf2trt.frontend.read.TfModel;
import org.tf2trt.frontend.rules.TensorFlowRules;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.schema.Bfloat16Ops;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.PassRunner;
import org.tf2trt.passes.Pipelines;
import org.tf2trt.passes.clean.UnrollLoops;
import org.tf2trt.passes.infer.InferInputDims;
import org.tf2trt.passes.infer.InferShapes;
import org.tf2trt.passes.infer.MergeBatches;
import org.tf2trt.passes.infer.PinShapes;
import org.tf2trt.passes.infer.ShapeSpec;
import org.tf2trt.passes.layout.AssignLayout;
import org.tf2trt.passes.precision.Precision;
import org.tf2trt.passes.trt.CheckTensorRt;
import org.tf2trt.passes.trt.Target;
import org.tf2trt.passes.trt.TensorRtPasses;

/** The whole way from a TensorFlow model on disk to an ONNX file. */
public final class Converter {
  private Converter() {}

  /**
   * Converts; the output appears whole or not at all.
   *
   * @throws DiagnosticException with everything that stands in the way
   */
  public static Conversion convert(ConvertRequest request) {
    return convert(request, pipeline(request));
  }

  /**
   * As {@link #convert(ConvertRequest)}, but writes a model for TensorRT even when its parser is
   * not expected to take it: for comparing the table with the parser.
   */
  public static Conversion convertUnchecked(ConvertRequest request) {
    List<Pass> passes = new ArrayList<>(pipeline(request));
    passes.removeIf(CheckTensorRt.class::isInstance);
    return convert(request, passes);
  }

  private static Conversion convert(ConvertRequest request, List<Pass> pipeline) {
    OutputFolders.check(request.output());
    List<Pass> passes =
        request.extensions().guard(PassSpec.parse(request.passes()).apply(pipeline));
    List<ShapeSpec> shapes = request.shapes().stream().map(ShapeSpec::parse).toList();
    PassTimes times = new PassTimes();
    long start = System.nanoTime();
    TfModel model = TfModel.open(request.model());
    CompletableFuture<String> hash = CompletableFuture.supplyAsync(model::sha256);
    times.add("read", System.nanoTime() - start);

    PassRunner runner = new PassRunner().observe(times);
    request.observers().forEach(runner::observe);
    Prepared prepared = run(request, model, shapes, passes, runner, times);
    Imported imported = prepared.imported();
    Graph graph = imported.graph();
    PassContext context = prepared.context();
    GraphStats before = prepared.before();
    Map<String, QuantizationStep> steps = prepared.steps();

    start = System.nanoTime();
    Optional<PrecisionReport> precision =
        LowPrecision.apply(
            graph, request.precision().withDefaults(initial(imported.state())), context, runner);
    times.add("precision", System.nanoTime() - start);
    if (precision.isPresent()) {
      // Once more: the types are others.
      runner.run(graph, passes.stream().filter(CheckTensorRt.class::isInstance).toList(), context);
    }

    start = System.nanoTime();
    OnnxWriter.Written written = write(request, imported, hash.join(), steps);
    times.add("write", System.nanoTime() - start);
    List<Diagnostic> warnings = new ArrayList<>(context.diagnostics().all());
    warnings.addAll(written.warnings());
    return new Conversion(
        request.model(),
        model.kind().title(),
        hash.join(),
        graph,
        written,
        before,
        GraphStats.of(graph),
        context.counts(),
        times.nanoseconds(),
        warnings,
        precision,
        steps,
        imported.state());
  }

  /** A model that was imported, for the passes or behind them. */
  private record Prepared(
      Imported imported,
      PassContext context,
      GraphStats before,
      Map<String, QuantizationStep> steps) {}

  /**
   * Once more, where a lowering fails for want of a dim and first dims of inputs prove the same.
   */
  private static Prepared run(
      ConvertRequest request,
      TfModel model,
      List<ShapeSpec> shapes,
      List<Pass> passes,
      PassRunner runner,
      PassTimes times) {
    Map<String, Dim> names = new LinkedHashMap<>();
    while (true) {
      Prepared prepared = prepare(request, model, shapes, names, times);
      Graph graph = prepared.imported().graph();
      try {
        runner.run(graph, passes, prepared.context());
        return prepared;
      } catch (DiagnosticException e) {
        Map<String, Dim> more = prepared.context().meetings().names(graph);
        if (more.isEmpty()) {
          throw e;
        }
        names.putAll(more);
      }
    }
  }

  private static Prepared prepare(
      ConvertRequest request,
      TfModel model,
      List<ShapeSpec> shapes,
      Map<String, Dim> names,
      PassTimes times) {
    long start = System.nanoTime();
    PassContext context = new PassContext(request.opset(), new Diagnostics());
    context.explain(request.explain());
    context.signed(Endpoints.of(model, request.selection()).signed());
    String output = request.output().toString();
    context.command(TensorFlowFrontend.command(model, request.selection(), output));
    Imported imported =
        TensorFlowFrontend.imported(model, request.selection(), context.diagnostics());
    Graph graph = imported.graph();
    PinShapes.pin(graph, shapes);
    MergeBatches.apply(graph, names);
    times.add("import", System.nanoTime() - start);
    return new Prepared(imported, context, GraphStats.of(graph), QuantizationSteps.of(graph));
  }

  /** What the first call feeds to the inputs of the state. */
  private static Map<String, TensorData> initial(List<StateVariable> state) {
    Map<String, TensorData> values = new LinkedHashMap<>();
    for (StateVariable v : state) {
      if (v.input().isPresent() && v.initial().isPresent()) {
        values.put(v.input().get(), v.initial().get());
      }
    }
    return values;
  }

  /** Several ops take bfloat16 from a newer opset on than the default one. */
  private static int opset(ConvertRequest request) {
    PrecisionRequest precision = request.precision();
    boolean bf16 =
        precision.precision() == Precision.BF16
            || IoTypeSpec.low(precision.ioTypes()) == Precision.BF16;
    return bf16 ? Math.max(Bfloat16Ops.OPSET, request.opset()) : request.opset();
  }

  /** Every pass of a conversion to ONNX, in order. */
  public static List<Pass> pipeline(IoLayout ioLayout) {
    return pipeline(ioLayout, Target.ONNX);
  }

  /** Every pass of a conversion, in order. */
  public static List<Pass> pipeline(IoLayout ioLayout, Target target) {
    return pipeline(ioLayout, target, Extensions.NONE);
  }

  /** The passes for TensorRT, with those that only other runtimes get in their places. */
  public static List<Pass> everyPass() {
    List<Pass> all = new ArrayList<>(pipeline(IoLayout.KEEP, Target.TRT));
    List<String> names = all.stream().map(Pass::name).toList();
    List<Pass> others = pipeline(IoLayout.KEEP);
    for (int i = 0; i < others.size(); i++) {
      if (!names.contains(others.get(i).name())) {
        all.add(i, others.get(i));
      }
    }
    return all;
  }

  private static List<Pass> pipeline(ConvertRequest request) {
    List<Pass> passes =
        pipeline(request.ioLayout(), request.target(), request.extensions(), request.lowering());
    passes.replaceAll(p -> p instanceof UnrollLoops ? new UnrollLoops(request.unroll()) : p);
    if (request.precision().precision() != Precision.FP32) {
      // Islands of float32 are chosen node by node, and this would be one node.
      passes.removeIf(p -> p.name().equals(Pipelines.ATTENTION));
    }
    return passes;
  }

  private static Pass lowering(Pass pass, LoweringOptions options) {
    return pass instanceof LowerTensorFlow lower ? lower.with(options) : pass;
  }

  /** Every pass of a conversion with these lowerings, the user's own passes in their places. */
  public static List<Pass> pipeline(
      IoLayout ioLayout, Target target, Extensions extensions, LoweringOptions options) {
    List<Pass> passes = new ArrayList<>(pipeline(ioLayout, target, extensions));
    passes.replaceAll(p -> lowering(p, options));
    return passes;
  }

  /** Every pass of a conversion, the user's own in their places. */
  public static List<Pass> pipeline(IoLayout ioLayout, Target target, Extensions extensions) {
    List<Pass> passes = new ArrayList<>();
    passes.add(TensorFlowRules.pass());
    passes.add(new LowerTensorFlow(extensions.lowerings()));
    // Before shape arithmetic is cleaned up, which goes further with fewer names.
    passes.add(new MergeBatches());
    passes.addAll(Pipelines.cleanup());
    // Nothing is dead now: what is left runs, and what it asks for holds.
    passes.add(new InferInputDims());
    // Indifferent ops are easier to see before fusion makes fewer and larger ones of them.
    passes.addAll(Pipelines.beforeLayout());
    if (target.isTensorRt()) {
      passes.addAll(Pipelines.layerNorms());
    }
    passes.add(new AssignLayout(ioLayout == IoLayout.NCHW, target.isTensorRt()));
    passes.addAll(Pipelines.cleanup());
    passes.addAll(Pipelines.fusion());
    if (target == Target.ONNX) {
      passes.addAll(Pipelines.newerOps());
    }
    // Last: rules that made a dim known did not tell the nodes behind; the emitter writes all
    // types.
    passes.add(new InferShapes());
    passes.addAll(TensorRtPasses.of(target));
    return extensions.place(passes);
  }

  private static OnnxWriter.Written write(
      ConvertRequest request, Imported imported, String hash, Map<String, QuantizationStep> steps) {
    EmitOptions options =
        EmitOptions.DEFAULT
            .withOpset(opset(request))
            .withExternalData(request.externalData())
            .withProducer("tf2trt", version())
            .withMetadata(
                ModelMetadata.of(hash, imported.state(), request.selection().values(), steps));
    Path folder = request.output().toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          folder.toString(),
          "the folder cannot be made",
          "choose another");
    }
    return OnnxWriter.write(imported.graph(), options, request.output());
  }

  /** The version of this build; empty when it was not packaged. */
  public static String version() {
    return Objects.requireNonNullElse(Converter.class.getPackage().getImplementationVersion(), "");
  }
}
