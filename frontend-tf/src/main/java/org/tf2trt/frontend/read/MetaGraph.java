// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.read;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.OpDef;
import org.tf2trt.frontend.read.restore.Variables;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** One graph of a model with its tags, signatures, functions and assets. */
public final class MetaGraph {
  private final Path path;
  private final Path checkpoint;
  private final MetaGraphDef def;
  private final Signatures signatures;
  private final Map<String, FunctionDef> functions;
  private Variables variables;

  /** {@code checkpoint} is the prefix where its variables would be, or null. */
  MetaGraph(Path path, MetaGraphDef def, Path checkpoint) {
    this.path = path;
    this.checkpoint = checkpoint;
    this.def = def;
    this.signatures = new Signatures(path.toString(), def.getSignatureDefMap());
    this.functions = index(path, def.getGraphDef());
  }

  private static Map<String, FunctionDef> index(Path path, GraphDef graph) {
    Map<String, FunctionDef> functions = new LinkedHashMap<>();
    for (FunctionDef f : graph.getLibrary().getFunctionList()) {
      if (functions.put(f.getSignature().getName(), f) != null) {
        throw DiagnosticException.of(
            Code.MALFORMED_GRAPH,
            path.toString(),
            "two functions are called '" + f.getSignature().getName() + "'",
            "export the model again");
      }
    }
    return Collections.unmodifiableMap(functions);
  }

  /** As the exporter set them, sorted; empty for a frozen graph. */
  public Set<String> tags() {
    return Collections.unmodifiableSet(new TreeSet<>(def.getMetaInfoDef().getTagsList()));
  }

  /** The main graph. Weights in its constants alias the mapped file. */
  public GraphDef graph() {
    return def.getGraphDef();
  }

  /** The function library by name, in file order. */
  public Map<String, FunctionDef> functions() {
    return functions;
  }

  /** The declarations of ops that the model carries, by name; its own ops are among them. */
  public Map<String, OpDef> declaredOps() {
    Map<String, OpDef> ops = new LinkedHashMap<>();
    def.getMetaInfoDef().getStrippedOpList().getOpList().forEach(o -> ops.put(o.getName(), o));
    return ops;
  }

  /** Names of all signatures, sorted; TensorFlow's internal entries are left out. */
  public List<String> signatureNames() {
    return signatures.names();
  }

  /** All signatures, sorted by name. */
  public List<Signature> signatures() {
    return signatures.all();
  }

  /** The signature of that name; throws {@code UNKNOWN_SIGNATURE} listing all. */
  public Signature signature(String name) {
    return signatures.get(name);
  }

  /**
   * {@code serving_default}, else the only one; throws {@code UNKNOWN_SIGNATURE} listing all when
   * neither exists.
   */
  public Signature defaultSignature() {
    return signatures.defaultOne();
  }

  /** True when attributes that equal the op's default may be absent from nodes. */
  public boolean strippedDefaultAttrs() {
    return def.getMetaInfoDef().getStrippedDefaultAttrs();
  }

  /** The version of TensorFlow that wrote it; may be empty. */
  public String tensorflowVersion() {
    return def.getMetaInfoDef().getTensorflowVersion();
  }

  /** The prefix of the files that hold its variables; empty for a frozen graph. */
  public Optional<Path> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /**
   * The values of its variables; opened once, when first asked for.
   *
   * @throws DiagnosticException {@code CORRUPT_FILE} when the checkpoint's index does not parse
   */
  public synchronized Variables variables() {
    if (variables == null) {
      variables = Variables.of(def, functions, checkpoint);
    }
    return variables;
  }

  /** The files that initialisers read, by the name of the tensor that holds the path. */
  public Map<String, Path> assets() {
    return Assets.of(path, def);
  }

  /**
   * The node that TensorFlow runs after restoring, for tables and the like; empty when there is
   * none.
   */
  public Optional<String> initOp() {
    return InitOp.of(def);
  }

  /** The whole message, for what has no method here. */
  public MetaGraphDef def() {
    return def;
  }

  @Override
  public String toString() {
    return path + " " + tags();
  }
}
