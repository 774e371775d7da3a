// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.tf2trt.backend.onnx.format.OnnxFile;
import org.tf2trt.backend.onnx.proto.GraphProto;
import org.tf2trt.backend.onnx.proto.ModelProto;
import org.tf2trt.backend.onnx.proto.ValueInfoProto;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** Outputs of a model file. */
public final class ModelOutputs {
  private ModelOutputs() {}

  /**
   * Writes a model whose tensors have their names but are outputs no longer.
   *
   * @param model with its weights in the file, or in files of the folder that {@code to} is in too
   * @param names of outputs
   * @throws DiagnosticException what reading a model throws, OUTPUT_NOT_WRITABLE
   */
  public static void remove(Path model, Set<String> names, Path to) {
    ModelProto.Builder edited = OnnxFile.parse(model).toBuilder();
    GraphProto.Builder graph = edited.getGraphBuilder();
    List<ValueInfoProto> kept =
        graph.getOutputList().stream().filter(o -> !names.contains(o.getName())).toList();
    graph.clearOutput().addAllOutput(kept);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
      edited.build().writeTo(out);
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE, to.toString(), "it cannot be written: " + e.getMessage(), "");
    }
  }
}
