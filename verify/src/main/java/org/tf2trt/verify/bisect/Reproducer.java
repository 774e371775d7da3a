// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.bisect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.rewrite.GraphCopy;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.npy.Npz;

/**
 * The node that goes wrong, alone: an ONNX file from the last tensors that agree to the first that
 * does not, what TensorFlow has for the former, and what it has for the latter.
 *
 * @param model {@code cutout.onnx}
 * @param data {@code io.npz}, arrays {@code in/NAME} and {@code out/NAME}
 */
public record Reproducer(Path model, Path data) {
  private static final int OPSET = 21;

  /** What to type. */
  public String command() {
    return "tf2trt verify " + model + " --golden " + data;
  }

  /**
   * What to type when an engine is to blame.
   *
   * @param flags of the build, each with a blank before it
   */
  public String engineCommand(String flags) {
    Path plan = model.resolveSibling("cutout.plan");
    return "tf2trt build %s -o %s%s && tf2trt verify %s --golden %s"
        .formatted(model, plan, flags, plan, data);
  }

  /**
   * Writes it.
   *
   * @param feeds of the original
   * @param folder made when it is missing
   * @throws DiagnosticException {@code OUTPUT_NOT_WRITABLE}
   */
  public static Reproducer write(
      Graph graph,
      Bisection bisection,
      InnerTensors original,
      Map<String, TensorData> feeds,
      Path folder) {
    Probe culprit = bisection.culprit().probe();
    Map<Value, String> names = new LinkedHashMap<>();
    Set<Value> moved = new HashSet<>();
    for (Layer layer : bisection.inputs()) {
      names.put(layer.probe().value(), layer.probe().tensor());
      if (layer.channelsFirst()) {
        moved.add(layer.probe().value());
      }
    }
    List<String> tensors = new ArrayList<>(new LinkedHashSet<>(names.values()));
    tensors.add(culprit.tensor());
    Map<String, TensorData> values = original.fetch(feeds, tensors);
    Set<Value> stops = names.keySet();
    Map<Value, Value> replaced = new LinkedHashMap<>();
    Map<String, TensorData> arrays = new LinkedHashMap<>();
    Graph cut = new Graph("cutout");
    for (Value source : Probe.sources(culprit.value(), stops)) {
      boolean input = source instanceof Value.Param;
      String name = input ? ((Value.Param) source).name() : names.get(source);
      TensorData value =
          laidOut(input ? Fit.find(feeds, name) : values.get(name), source, moved.contains(source));
      replaced.put(source, cut.addParam(name, value.type()));
      arrays.put("in/" + name, value);
    }
    GraphCopy copy = new GraphCopy(replaced);
    copy.nodes(graph, List.of(culprit.value()), cut, null);
    cut.addOutput(culprit.tensor(), copy.of(culprit.value()));
    boolean first = bisection.culprit().channelsFirst();
    arrays.put(
        "out/" + culprit.tensor(), laidOut(values.get(culprit.tensor()), culprit.value(), first));
    try {
      Files.createDirectories(folder);
      Path model = folder.resolve("cutout.onnx");
      Path data = folder.resolve("io.npz");
      OnnxWriter.write(cut, EmitOptions.DEFAULT.withOpset(OPSET), model);
      Npz.write(data, arrays);
      return new Reproducer(model, data);
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          folder.toString(),
          "the reproducer cannot be written there",
          "name another folder with --reproducer");
    }
  }

  /**
   * TensorFlow's value as the converted model has it: with the channels moved as the comparison
   * found them, else by the shape that is known of it. Where all extents are equal, that does not
   * tell the layouts apart.
   */
  private static TensorData laidOut(TensorData original, Value value, boolean moves) {
    TensorData typed = Fit.as(value.dtype(), original);
    TensorType type = value.type();
    if (moves && typed.rank() >= 3) {
      return typed.permute(Fit.channelsFirst(typed.rank()));
    }
    if (fits(typed, type.shape()) || typed.rank() < 3) {
      return typed;
    }
    TensorData moved = typed.permute(Fit.channelsFirst(typed.rank()));
    return fits(moved, type.shape()) ? moved : typed;
  }

  private static boolean fits(TensorData data, Shape shape) {
    if (!shape.isRanked()) {
      return true;
    }
    if (shape.rank() != data.rank()) {
      return false;
    }
    for (int i = 0; i < shape.rank(); i++) {
      if (shape.dim(i).isKnown() && shape.dim(i).size() != data.shape()[i]) {
        return false;
      }
    }
    return true;
  }
}
