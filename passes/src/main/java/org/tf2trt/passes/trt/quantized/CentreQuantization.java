// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt.quantized;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Use;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.QuantizedConstants;
import org.tf2trt.passes.infer.Inference;
import org.tf2trt.passes.rewrite.DeadCode;

/**
 * Quantisation with a zero point becomes quantisation around zero of the value moved by whole
 * steps, which gives the same numbers: {@code DQ(Q(x, s, z), s, z) -> DQ(Q(x - c, s), s) + c, c =
 * (128 - z) * s} for u8. Constants whose levels i8 holds become i8; others become floats, and a
 * warning says so.
 */
public final class CentreQuantization implements Pass {
  @Override
  public String summary() {
    return "quantise around zero";
  }

  @Override
  public void run(Graph graph, PassContext context) {
    Map<String, CentredLevels> floats = new LinkedHashMap<>();
    run(graph, new Inference(), floats);
    DeadCode.sweep(graph);
    if (!floats.isEmpty()) {
      context.diagnostics().add(warning(floats));
    }
  }

  private static void run(Graph graph, Inference inference, Map<String, CentredLevels> floats) {
    for (Node node : graph.nodes()) {
      node.bodies().forEach(b -> run(b, inference, floats));
      if (!node.is("onnx.DequantizeLinear") || !isBytes(node.input(0).dtype())) {
        continue;
      }
      OnnxBuilder b = new OnnxBuilder(graph, node, node.provenance(), inference, created -> {});
      if (QuantizedConstants.producer(node.result()).isPresent()) {
        CentredLevels levels = CentredLevels.of(node);
        if (!levels.fit()) {
          floats.put(node.provenance().name(), levels);
          QuantizedConstants.floats(node)
              .ifPresent(data -> node.result().replaceAllUsesWith(b.constant(data)));
        } else if (!levels.isCentred()) {
          node.result().replaceAllUsesWith(levels.rebuild(b));
        }
      } else {
        centre(node, b);
      }
    }
  }

  private static boolean isBytes(DType type) {
    return type == DType.I8 || type == DType.U8;
  }

  /** Each reader gets a sum of its own, which may then be folded into what reads it. */
  private static void centre(Node node, OnnxBuilder b) {
    Optional<Node> quantize = node.input(0).producer("onnx.QuantizeLinear");
    Optional<Scale> scale = Scale.of(node);
    if (scale.isEmpty() || !quantize.flatMap(Scale::of).equals(scale) || scale.get().isCentred()) {
      return;
    }
    float step = scale.get().step();
    Value s = b.scalar(DType.F32, step);
    Value zero = b.cast(b.scalar(DType.I64, 0), DType.I8);
    Value x = quantize.get().input(0);
    long levels = scale.get().shift();
    Value moved = levels == 0 ? x : b.add(x, b.scalar(DType.F32, -levels * step));
    Value y = b.op("DequantizeLinear", b.op("QuantizeLinear", moved, s, zero), s, zero);
    for (Use use : List.copyOf(node.result().uses())) {
      use.set(levels == 0 ? y : b.add(y, b.scalar(DType.F32, levels * step)));
    }
  }

  /**
   * The one scale of a node that quantises or dequantises.
   *
   * @param step between levels
   * @param zero the zero point
   * @param type of the levels
   */
  private record Scale(float step, long zero, DType type) {
    static Optional<Scale> of(Node node) {
      DType type = node.is("onnx.QuantizeLinear") ? node.result().dtype() : node.input(0).dtype();
      Optional<TensorData> step = node.input(1).constant();
      Optional<Value> given = node.optionalInput(2);
      Optional<TensorData> zero = given.flatMap(Value::constant);
      return step.isEmpty()
              || step.get().dtype() != DType.F32
              || step.get().elements() != 1
              || zero.isPresent() != given.isPresent()
              || !isBytes(type)
          ? Optional.empty()
          : Optional.of(
              new Scale(
                  (float) step.get().doubles()[0], zero.map(z -> z.longs()[0]).orElse(0L), type));
    }

    /** By how many levels the value moves so that the type's lowest level is that of i8. */
    long shift() {
      return (type == DType.U8 ? 128 : 0) - zero;
    }

    boolean isCentred() {
      return type == DType.I8 && zero == 0;
    }
  }

  private static Diagnostic warning(Map<String, CentredLevels> floats) {
    long low = floats.values().stream().mapToLong(CentredLevels::low).min().orElse(0);
    long high = floats.values().stream().mapToLong(CentredLevels::high).max().orElse(0);
    List<String> names = List.copyOf(floats.keySet());
    String more = names.size() > 1 ? " and %d more".formatted(names.size() - 1) : "";
    return Diagnostic.warning(
        Code.NOT_INT8,
        "'" + names.get(0) + "'" + more,
        ("constants have levels from %d to %d around zero, int8 holds -128 to 127; they are kept as"
                + " floats, and what reads them computes in floats")
            .formatted(low, high),
        "train with ranges around zero for weights");
  }

  /** Zero points are compared as numbers. */
  static long[] zeros(Node node) {
    return node.optionalInput(2)
        .flatMap(Value::constant)
        .map(TensorData::longs)
        .orElseGet(() -> new long[] {0});
  }

  static boolean allZero(long[] zeros) {
    return Arrays.stream(zeros).allMatch(z -> z == 0);
  }
}
