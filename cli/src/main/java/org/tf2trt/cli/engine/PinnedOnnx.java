// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.backend.onnx.OnnxModel;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.backend.onnx.OnnxWriter;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.PassRunner;
import org.tf2trt.passes.Pipelines;
import org.tf2trt.passes.infer.InferShapes;
import org.tf2trt.passes.infer.PinShapes;
import org.tf2trt.passes.infer.ShapeSpec;

/** An ONNX file whose input shapes were fixed, in a folder that goes away with it. */
public final class PinnedOnnx implements AutoCloseable {
  private final Path file;
  private final TemporaryFolder folder;

  private PinnedOnnx(Path file, TemporaryFolder folder) {
    this.file = file;
    this.folder = folder;
  }

  /**
   * The file itself where there is nothing to fix.
   *
   * @param shapes each {@code NAME=1x224x224x3}
   * @throws org.tf2trt.ir.diag.DiagnosticException UNKNOWN_NAME, BAD_SHAPE, and what reading a
   *     model throws
   */
  public static PinnedOnnx of(Path onnx, List<String> shapes) {
    if (shapes.isEmpty()) {
      return new PinnedOnnx(onnx, null);
    }
    List<ShapeSpec> specs = shapes.stream().map(ShapeSpec::parse).toList();
    OnnxModel model = OnnxReader.read(onnx);
    PinShapes.pin(model.graph(), specs);
    int opset = Math.max(EmitOptions.MIN_OPSET, Math.min(model.opset(), EmitOptions.MAX_OPSET));
    // Arithmetic on shapes that are known now has to go: engines are faster without it.
    List<Pass> passes = new ArrayList<>(Pipelines.cleanup());
    passes.add(new InferShapes());
    new PassRunner().run(model.graph(), passes, new PassContext(opset, new Diagnostics()));
    TemporaryFolder folder = TemporaryFolder.create();
    try {
      Path file = folder.path().resolve("pinned.onnx");
      OnnxWriter.write(model.graph(), EmitOptions.DEFAULT.withOpset(opset), file);
      return new PinnedOnnx(file, folder);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  public Path file() {
    return file;
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
  }
}
