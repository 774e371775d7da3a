// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.golden;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.compare.OutputResult;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.run.Port;

/** Runs a model on golden inputs and compares what it gives with the golden outputs. */
public final class GoldenCheck {
  private GoldenCheck() {}

  /**
   * Compares every golden output. Names match as they stand, or up to a final {@code :0}.
   *
   * @throws org.tf2trt.ir.diag.DiagnosticException {@code BAD_DATA} when an input is missing or
   *     does not fit, {@code RUNTIME_FAILED} when the model does not run
   */
  public static Comparison check(ModelRunner runner, Golden golden, Expectation expectation) {
    return compare(run(runner, golden), golden, expectation);
  }

  /** The outputs of a model for golden inputs; throws as {@link #check}. */
  public static Map<String, TensorData> run(ModelRunner runner, Golden golden) {
    if (!golden.continues()) {
      runner.reset();
    }
    return runner.run(feeds(runner, golden));
  }

  /** What golden inputs a model takes, under its own names and in its types. */
  public static Map<String, TensorData> feeds(ModelRunner runner, Golden golden) {
    Map<String, TensorData> feeds = new LinkedHashMap<>();
    for (Port port : runner.inputs()) {
      TensorData data = find(golden.inputs(), port.name());
      if (data != null) {
        feeds.put(port.name(), as(port.type().dtype(), data));
      }
    }
    return feeds;
  }

  /** Compares outputs that a model gave with every golden output. */
  public static Comparison compare(
      Map<String, TensorData> actual, Golden golden, Expectation expectation) {
    List<OutputResult> results = new ArrayList<>();
    golden
        .outputs()
        .forEach(
            (name, expected) ->
                results.add(result(name, output(actual, name, golden), expected, expectation)));
    return new Comparison(results);
  }

  private static OutputResult result(
      String name, TensorData actual, TensorData expected, Expectation expectation) {
    if (actual == null) {
      return OutputResult.missing(name, expected);
    }
    TensorData reference = as(actual.dtype(), expected);
    return expectation.isRandom(name)
        ? OutputResult.compareType(name, actual, reference)
        : OutputResult.compare(
            name, actual, reference, expectation.tolerance(name, reference.dtype()));
  }

  /** ONNX has one name space: the emitter calls an output that is named as an input NAME_1. */
  private static TensorData output(Map<String, TensorData> actual, String name, Golden golden) {
    TensorData data = find(actual, name);
    return data == null && golden.inputs().containsKey(name) ? find(actual, name + "_1") : data;
  }

  private static TensorData find(Map<String, TensorData> byName, String name) {
    TensorData data = byName.get(name);
    if (data == null) {
      data = byName.get(name + ":0");
    }
    return data == null && name.endsWith(":0")
        ? byName.get(name.substring(0, name.length() - 2))
        : data;
  }

  /**
   * NumPy has no bfloat16 and no quantised types: files hold their bits. A model whose interface
   * was made narrower is fed what the reference rounds to.
   */
  private static TensorData as(DType wanted, TensorData data) {
    if (data.dtype() == DType.U16 && wanted == DType.BF16) {
      return data.reinterpret(DType.BF16);
    }
    boolean narrower = wanted == DType.F16 || wanted == DType.BF16;
    boolean wider = data.dtype() == DType.F32 || data.dtype() == DType.F64;
    return narrower && wider ? rounded(wanted, data) : data;
  }

  private static TensorData rounded(DType dtype, TensorData data) {
    double[] values = data.doubles();
    ByteBuffer bytes = Elements.allocate(dtype, values.length);
    for (int i = 0; i < values.length; i++) {
      Elements.putDouble(dtype, bytes, i, values[i]);
    }
    return TensorData.of(dtype, data.shape(), bytes);
  }
}
