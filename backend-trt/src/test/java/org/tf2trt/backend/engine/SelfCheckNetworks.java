// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import static org.tf2trt.backend.engine.SelfCheckData.require;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.text.Parser;

/** Networks of a few nodes for what the model of {@link EngineSelfCheck} may lack. */
final class SelfCheckNetworks {
  private final TensorRt rt;
  private final EngineBuilder builder;
  private final Path work;

  SelfCheckNetworks(TensorRt rt, EngineBuilder builder, Path work) {
    this.rt = rt;
    this.builder = builder;
    this.work = work;
  }

  private Engine written(String text) {
    Path file = work.resolve("own.onnx");
    OnnxWriter.write(Parser.parse(text), EmitOptions.DEFAULT, file);
    try (BuiltEngine built = builder.build(file, BuildOptions.DEFAULT, BuildProgress.NONE)) {
      return rt.load(built);
    }
  }

  /** TensorRT's parser makes a plugin of RoiAlign. */
  String plugins() {
    String text =
        """
        graph @g(%x: f32[1,1,4,4], %boxes: f32[1,4]) {
          %0: f32[1,1,2,2] = onnx.RoiAlign(%x, %boxes, i64[1]{0}) {coordinate_transformation_mode = "half_pixel", mode = "avg", output_height = 2, output_width = 2, sampling_ratio = 1, spatial_scale = 1.0}
          return y = %0
        }
        """;
    try (Engine engine = written(text);
        ExecutionContext context = engine.newContext(0)) {
      Map<String, TensorData> in = new LinkedHashMap<>();
      float[] x = new float[16];
      for (int i = 0; i < x.length; i++) {
        x[i] = i;
      }
      in.put("x", TensorData.ofFloats(new long[] {1, 1, 4, 4}, x));
      in.put("boxes", TensorData.ofFloats(new long[] {1, 4}, 0, 0, 4, 4));
      TensorData y = context.run(in).get("y");
      // Bins of 2 x 2, each sampled in its middle: between four pixels, so their mean.
      require(Arrays.equals(y.doubles(), new double[] {2.5, 4.5, 10.5, 12.5}), y.text());
      return engine.inputs() + " -> " + y.text();
    }
  }

  String dataDependent() {
    String text =
        """
        graph @g(%x: f32[4]) {
          %0: bool[4] = onnx.Cast(%x) {to = bool}
          %1: i64[1,?] = onnx.NonZero(%0)
          return where = %1
        }
        """;
    StringBuilder result = new StringBuilder();
    try (Engine engine = written(text);
        ExecutionContext context = engine.newContext(0)) {
      for (float[] x : List.of(new float[] {0, 1, 0, 2}, new float[4], new float[] {1, 1, 1, 1})) {
        Map<String, TensorData> in = Map.of("x", TensorData.ofFloats(new long[] {4}, x));
        result.append(context.run(in).get("where").text()).append(' ');
      }
    }
    require(result.toString().startsWith("i64[1,2]{1, 3} i64[1,0]"), "not as expected: " + result);
    return result.toString();
  }

  String types() {
    String text =
        """
        graph @g(%u: u8[3], %l: i64[3], %h: f16[3], %b: bool[3], %i: i32[3], %s: bf16[3]) {
          %0: f32[3] = onnx.Cast(%u) {to = f32}
          %1: f32[3] = onnx.Add(%0, %0)
          %2: i64[3] = onnx.Add(%l, %l)
          %3: f16[3] = onnx.Add(%h, %h)
          %4: bool[3] = onnx.Not(%b)
          %5: i32[3] = onnx.Add(%i, %i)
          %6: u8[3] = onnx.Cast(%1) {to = u8}
          %7: bf16[3] = onnx.Add(%s, %s)
          return f = %1, l = %2, h = %3, b = %4, i = %5, u = %6, s = %7
        }
        """;
    try (Engine engine = written(text);
        ExecutionContext context = engine.newContext(0)) {
      Map<String, TensorData> in = new LinkedHashMap<>();
      for (Binding b : engine.inputs()) {
        in.put(b.name(), TensorData.splat(b.dtype(), b.shape(), 1));
      }
      StringBuilder result = new StringBuilder();
      context
          .run(in)
          .forEach(
              (name, t) -> {
                double expected = t.dtype() == DType.BOOL ? 0 : 2;
                require(t.doubles()[2] == expected, name + " is " + t.text());
                result.append(name).append(' ').append(t.text()).append("; ");
              });
      return result.toString();
    }
  }
}
