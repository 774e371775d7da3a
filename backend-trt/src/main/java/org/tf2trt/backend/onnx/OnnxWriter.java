// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.backend.files.AtomicFiles;
import org.tf2trt.backend.onnx.opset.OpsetConversion;
import org.tf2trt.backend.onnx.proto.GraphProto;
import org.tf2trt.backend.onnx.proto.ModelProto;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;

/**
 * Writes a graph of {@code onnx.*} nodes in the forms of opset 21 as an ONNX model of the asked
 * opset. Source of semantics: ONNX IR.md. Equal graphs and options give equal bytes. The files
 * appear whole or not at all.
 */
public final class OnnxWriter {
  private OnnxWriter() {}

  /**
   * What was written.
   *
   * @param model the model file
   * @param externalData the file of weights beside it, if any
   * @param bytes of both files
   * @param nodes each node of the written graph under its name in the model, as a runtime reports
   *     it
   * @param warnings findings that did not stop the writing
   */
  public record Written(
      Path model,
      Optional<Path> externalData,
      long bytes,
      Map<String, Node> nodes,
      List<Diagnostic> warnings) {}

  /**
   * Writes {@code graph} to {@code file}, and large weights to {@code file.data} when the options
   * ask for it. The graph is not changed.
   *
   * @throws DiagnosticException with everything that cannot be expressed in the opset, or
   *     OUTPUT_NOT_WRITABLE; then no file was made or changed
   */
  public static Written write(Graph graph, EmitOptions options, Path file) {
    Diagnostics diagnostics = new Diagnostics();
    Graph lowered = OpsetConversion.down(graph, options.opset(), diagnostics);
    ModelNames names = new ModelNames(lowered, diagnostics);
    GraphEncoder encoder = new GraphEncoder(names, options.irVersion(), diagnostics);
    GraphProto proto = encoder.encode(lowered);
    diagnostics.throwIfErrors();
    ModelProto model = ModelHeader.of(options, encoder.domains());
    Path data = file.resolveSibling(file.getFileName() + ".data");
    ModelFile content = layout(model, proto, names.initializers().entries(), options, data);
    save(content, file, data);
    return new Written(
        file,
        content.weights().externalBytes() > 0 ? Optional.of(data) : Optional.empty(),
        content.size() + content.weights().externalBytes(),
        names.nodesByName(),
        diagnostics.all());
  }

  private static ModelFile layout(
      ModelProto model,
      GraphProto graph,
      List<Initializers.Entry> entries,
      EmitOptions options,
      Path data) {
    ModelFile inline = new ModelFile(model, graph, Weights.inline(entries));
    boolean fits = inline.size() <= options.externalLimit();
    if (options.externalData() == ExternalData.NEVER
        || fits && options.externalData() == ExternalData.AUTO) {
      return requireFits(inline);
    }
    Weights weights =
        Weights.external(entries, data.getFileName().toString(), options.externalTensor());
    return requireFits(new ModelFile(model, graph, weights));
  }

  private static ModelFile requireFits(ModelFile content) {
    if (content.size() > Integer.MAX_VALUE) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          "",
          "the model takes %,d bytes, and a protobuf file holds 2 GB".formatted(content.size()),
          "allow external data");
    }
    return content;
  }

  private static void save(ModelFile content, Path file, Path data) {
    try (AtomicFiles files = new AtomicFiles()) {
      if (content.weights().externalBytes() > 0) {
        content.writeExternal(files.create(data));
      }
      content.write(files.create(file));
      files.commit();
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          file.toString(),
          reason(e),
          "choose a folder that exists and can be written");
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "the folder does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : String.valueOf(e.getMessage());
  }
}
