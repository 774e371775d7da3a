// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tf2trt.backend.onnx.NodeOrigins;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Severity;

/** Addresses what TensorRT says about an ONNX model to TensorFlow nodes. */
final class NodeMessages {
  private static final String[] PARSER_CODES = {
    "SUCCESS",
    "INTERNAL_ERROR",
    "MEM_ALLOC_FAILED",
    "MODEL_DESERIALIZE_FAILED",
    "INVALID_VALUE",
    "INVALID_GRAPH",
    "INVALID_NODE",
    "UNSUPPORTED_GRAPH",
    "UNSUPPORTED_NODE",
    "UNSUPPORTED_NODE_ATTR",
    "UNSUPPORTED_NODE_INPUT",
    "UNSUPPORTED_NODE_DATATYPE",
    "UNSUPPORTED_NODE_DYNAMIC",
    "UNSUPPORTED_NODE_SHAPE",
    "REFIT_FAILED"
  };
  private static final Pattern MISSING_LIBRARY =
      Pattern.compile("Unable to load library: (lib[\\w.]+)");

  private static final String REWRITE =
      "`tf2trt inspect --target trt` lists what TensorRT does not take";

  private final Path file;
  private NodeOrigins origins;

  /** The file is read when the first message needs it. */
  NodeMessages(Path file) {
    this.file = file;
  }

  NodeMessages(NodeOrigins origins) {
    this.file = Path.of("model.onnx");
    this.origins = origins;
  }

  /** The name of an error of the parser. */
  static String parserCode(int number) {
    return number >= 0 && number < PARSER_CODES.length ? PARSER_CODES[number] : "ERROR_" + number;
  }

  /** What the parser refuses; what it logged stands in where it reports nothing. */
  List<Diagnostic> refusals(List<ParserMessage> errors, List<String> logged) {
    List<Diagnostic> all = new ArrayList<>();
    for (ParserMessage e : errors) {
      String subject = subject(e);
      all.add(
          Diagnostic.error(
              Code.TENSORRT_REFUSED,
              subject,
              "TensorRT's parser says " + e.code() + ": " + e.description(),
              REWRITE));
    }
    if (all.isEmpty()) {
      String said = logged.isEmpty() ? "without a reason" : String.join("; ", logged);
      all.add(
          Diagnostic.error(
              Code.TENSORRT_REFUSED, file.toString(), "TensorRT's parser refuses it: " + said, ""));
    }
    return all;
  }

  private String subject(ParserMessage e) {
    NodeOrigins.Origin known = origins().nodes().get(e.nodeName());
    if (known != null) {
      return known.subject();
    }
    if (!e.nodeName().isEmpty() || !e.operator().isEmpty()) {
      return "'" + e.nodeName() + "' (" + e.operator() + ")";
    }
    return file.toString();
  }

  /** Why there is no plan: one error for each message. */
  List<Diagnostic> buildFailure(List<String> errors) {
    List<Diagnostic> all = new ArrayList<>();
    for (String message : errors) {
      Matcher library = MISSING_LIBRARY.matcher(message);
      if (library.find()) {
        all.add(missing(library.group(1), message));
        continue;
      }
      all.add(Diagnostic.error(Code.BUILD_FAILED, subjectOf(message), message, next(message)));
    }
    if (all.isEmpty()) {
      all.add(
          Diagnostic.error(
              Code.BUILD_FAILED, file.toString(), "TensorRT gives no plan and no reason", ""));
    }
    return all;
  }

  private static String next(String message) {
    if (message.contains("if-conditional")) {
      return "TensorRT wants the same shape from both branches: fix the shapes that they depend on"
          + " with --shape, or cut the graph there";
    }
    return message.contains("implementation") || message.contains("tactic")
        ? "give it more --workspace, or another precision for this node"
        : "";
  }

  /** Libraries that only some kinds of plans need are looked for when one is built. */
  private static Diagnostic missing(String library, String message) {
    boolean lean = library.startsWith("libnvinfer_lean");
    return Diagnostic.error(
        Code.NO_TENSORRT,
        library,
        (lean
                ? "the runtime that --version-compatible puts into the plan"
                : "a library of TensorRT")
            + " is not installed: "
            + message,
        "put the lib folder of NVIDIA's TensorRT into LD_LIBRARY_PATH: the copy from Maven Central"
            + " does not have it"
            + (lean ? "; or build without --version-compatible" : ""));
  }

  /** Warnings, each once. */
  List<Diagnostic> warnings(List<String> messages) {
    return messages.stream()
        .distinct()
        .map(m -> new Diagnostic(Severity.WARNING, Code.TENSORRT_SAYS, subjectOf(m), m, ""))
        .toList();
  }

  private String subjectOf(String message) {
    // TensorRT names what joins the branches of an If after it.
    List<String> nodes = nodesIn(message.replace("_OutputLayer", " "));
    return nodes.isEmpty() ? file.toString() : origins().nodes().get(nodes.get(0)).subject();
  }

  /**
   * Names of ONNX nodes that a message holds, in the order in which they appear. A name that is
   * part of a longer one at the same place does not count.
   */
  List<String> nodesIn(String message) {
    Map<Integer, String> found = new TreeMap<>();
    for (String name : origins().nodes().keySet()) {
      for (int at = message.indexOf(name); at >= 0; at = message.indexOf(name, at + 1)) {
        if (isBoundary(message, at - 1) && isBoundary(message, at + name.length())) {
          found.merge(at, name, (a, b) -> a.length() >= b.length() ? a : b);
        }
      }
    }
    return found.values().stream().distinct().toList();
  }

  private static boolean isBoundary(String text, int at) {
    if (at < 0 || at >= text.length()) {
      return true;
    }
    char c = text.charAt(at);
    // A full stop ends a sentence unless more of a name follows; several stand between two names.
    boolean stop =
        c == '.'
            && (at + 1 == text.length()
                || " .".indexOf(text.charAt(at + 1)) >= 0
                || at > 0 && text.charAt(at - 1) == '.');
    return stop || !(Character.isLetterOrDigit(c) || c == '_' || c == '/' || c == '.' || c == '-');
  }

  private NodeOrigins origins() {
    if (origins == null) {
      try {
        origins = NodeOrigins.read(file);
      } catch (DiagnosticException unreadable) {
        origins = NodeOrigins.none();
      }
    }
    return origins;
  }
}
