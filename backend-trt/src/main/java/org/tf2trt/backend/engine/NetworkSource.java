// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.bytedeco.tensorrt.nvonnxparser.IParser;
import org.bytedeco.tensorrt.nvonnxparser.IParserError;
import org.tf2trt.backend.engine.natives.MessageLog;
import org.tf2trt.backend.engine.natives.NativeObjects;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/** A network that TensorRT's parser reads from an ONNX file. */
final class NetworkSource {
  private static final int WARNING = 2;

  private final INetworkDefinition network;
  private final IParser parser;
  private final Path file;
  private final MessageLog.Recording log;
  private final NodeMessages messages;

  /** The network and its parser belong to {@code objects}: the parser holds the weights. */
  NetworkSource(IBuilder builder, NativeObjects objects, MessageLog.Recording log, Path file) {
    this.file = file;
    this.log = log;
    this.messages = new NodeMessages(file);
    this.network = objects.own(builder.createNetworkV2(TensorRtLine.STRONGLY_TYPED), "a network");
    this.parser =
        objects.own(
            nvonnxparser.createParser(network, MessageLog.logger()),
            "a parser",
            TensorRtLine.PARSER_DESTRUCTOR);
  }

  NodeMessages messages() {
    return messages;
  }

  /** The whole network, or everything that the parser refuses. */
  INetworkDefinition parsed() {
    if (!parse()) {
      throw new DiagnosticException(messages.refusals(errors(), log.errors()));
    }
    return network;
  }

  ParseReport report() {
    boolean accepted = parse();
    List<ParserMessage> errors = accepted ? List.of() : errors();
    List<Diagnostic> diagnostics = new ArrayList<>();
    if (!accepted) {
      diagnostics.addAll(messages.refusals(errors, log.errors()));
    }
    diagnostics.addAll(messages.warnings(log.warnings()));
    List<Binding> inputs = new ArrayList<>();
    List<Binding> outputs = new ArrayList<>();
    if (accepted) {
      for (int i = 0; i < network.getNbInputs(); i++) {
        inputs.add(binding(network.getInput(i)));
      }
      for (int i = 0; i < network.getNbOutputs(); i++) {
        outputs.add(binding(network.getOutput(i)));
      }
    }
    return new ParseReport(accepted, errors, diagnostics, inputs, outputs);
  }

  private boolean parse() {
    return parser.parseFromFile(file.toAbsolutePath().toString(), WARNING);
  }

  private List<ParserMessage> errors() {
    List<ParserMessage> all = new ArrayList<>();
    for (int i = 0; i < parser.getNbErrors(); i++) {
      IParserError e = parser.getError(i);
      all.add(
          new ParserMessage(
              NodeMessages.parserCode(e.code().value),
              text(e.desc()),
              e.node(),
              text(e.nodeName()),
              text(e.nodeOperator())));
    }
    return all;
  }

  private static String text(String s) {
    return s == null ? "" : s.trim();
  }

  private static Binding binding(ITensor tensor) {
    boolean shape = tensor.isShapeTensor();
    return new Binding(
        tensor.getName(),
        DataTypes.of(tensor.getType(), tensor.getName()),
        DataTypes.extents(tensor.getDimensions()),
        shape ? Binding.Location.HOST : Binding.Location.DEVICE,
        shape);
  }
}
