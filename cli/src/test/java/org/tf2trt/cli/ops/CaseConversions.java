// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.ops;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.ConvertRequest;
import org.tf2trt.convert.Converter;
import org.tf2trt.frontend.Selection;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Severity;
import org.tf2trt.passes.trt.Target;
import org.tf2trt.verify.golden.CaseArchive;

/** What conversions make of golden cases: the ONNX ops, and what TensorRT's table says of them. */
final class CaseConversions {
  private final Path folder;

  /**
   * @param folder for files
   */
  CaseConversions(Path folder) {
    this.folder = folder;
  }

  /**
   * What became of one case.
   *
   * @param onnx the ONNX ops that the TensorFlow op became
   * @param rewritten whether the model for TensorRT has other nodes
   * @param refusal why TensorRT is not expected to take it; empty when it is
   */
  record Made(Set<String> onnx, boolean rewritten, Optional<String> refusal) {}

  Made of(String op, byte[] archive) throws IOException {
    Path zip = Files.write(folder.resolve("case.zip"), archive);
    Path onnx = folder.resolve("case.onnx");
    Path file = folder.resolve("graph.pb");
    try (CaseArchive golden = CaseArchive.open(zip)) {
      golden.extractGraph(file);
      Selection whole =
          new Selection(Optional.empty(), List.of(), golden.inputs(), golden.outputs());
      ConvertRequest request = ConvertRequest.of(file, onnx).edit().selection(whole).build();
      Conversion plain = Converter.convert(request);
      Set<String> ops = new TreeSet<>();
      collect(plain.graph(), op, opsByNode(file), ops);
      try {
        Conversion trt = Converter.convert(request.edit().target(Target.TRT).build());
        return new Made(ops, !trt.after().ops().equals(plain.after().ops()), Optional.empty());
      } catch (DiagnosticException e) {
        return new Made(ops, false, reason(e));
      }
    }
  }

  private static Optional<String> reason(DiagnosticException e) {
    return e.diagnostics().stream()
        .filter(d -> d.severity() == Severity.ERROR)
        .map(d -> d.message().replaceAll("'[^']*'", "it"))
        .findFirst();
  }

  /** Names of nodes are those behind the calls that lead to them. */
  private static Map<String, String> opsByNode(Path file) throws IOException {
    Map<String, String> ops = new HashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      GraphDef graph = GraphDef.parseFrom(in);
      for (NodeDef node : graph.getNodeList()) {
        ops.put(node.getName(), node.getOp());
      }
      for (FunctionDef function : graph.getLibrary().getFunctionList()) {
        for (NodeDef node : function.getNodeDefList()) {
          ops.putIfAbsent(node.getName(), node.getOp());
        }
      }
    }
    return ops;
  }

  private static void collect(
      Graph graph, String op, Map<String, String> opsByNode, Set<String> into) {
    for (Node node : graph.nodes()) {
      boolean from =
          node.provenance().names().stream()
              .anyMatch(
                  n ->
                      op.equals(opsByNode.get(n))
                          || op.equals(opsByNode.get(n.substring(n.lastIndexOf('/') + 1))));
      if (from) {
        into.add(node.op().substring(node.op().indexOf('.') + 1));
      }
      node.bodies().forEach(b -> collect(b, op, opsByNode, into));
    }
  }
}
