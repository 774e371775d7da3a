// SPDX-License-Identifier: Apache-2.0
package org.example;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tf2trt.backend.engine.Binding;
import org.tf2trt.backend.engine.Engine;
import org.tf2trt.backend.engine.ExecutionContext;
import org.tf2trt.backend.engine.Profile;
import org.tf2trt.backend.engine.TensorRt;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;

/** Loads an engine and runs it: {@code java org.example.RunEngine my_model.plan}. */
public final class RunEngine {
  private RunEngine() {}

  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: RunEngine ENGINE.plan");
      System.exit(2);
    }
    try {
      run(Path.of(args[0])).forEach((name, data) -> System.out.println(name + ": " + data.type()));
    } catch (DiagnosticException e) {
      System.err.println(e.getMessage()); // what is missing or wrong, and what to do
      System.exit(1);
    }
  }

  /** The outputs for inputs of zeros, in the shapes that the engine is tuned for. */
  static Map<String, TensorData> run(Path plan) {
    // The engine holds the weights and may be shared; each thread takes a context of its own.
    try (Engine engine = TensorRt.open().load(plan);
        ExecutionContext context = engine.newContext(0)) {
      Map<String, TensorData> inputs = new LinkedHashMap<>();
      for (Binding input : engine.inputs()) {
        long[] shape = input.isStatic() ? input.shape() : tuned(engine.range(input.name(), 0));
        inputs.put(input.name(), zeros(input.dtype(), shape));
      }
      return context.run(inputs);
    }
  }

  private static long[] tuned(Profile.Range range) {
    return range.opt().stream().mapToLong(n -> n).toArray();
  }

  /** An input; a program of yours puts its data here: {@code TensorData.ofFloats(shape, pixels)}. */
  static TensorData zeros(DType dtype, long... shape) {
    return TensorData.splat(dtype, shape, 0);
  }
}
