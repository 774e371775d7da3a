// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.read.restore;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tf2trt.frontend.read.bundle.Checkpoint;
import org.tf2trt.frontend.read.bundle.TensorSlice;
import org.tf2trt.frontend.read.proto.AttrValues;
import org.tf2trt.frontend.read.proto.DTypes;
import org.tf2trt.frontend.read.proto.Fault;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * The values of a graph's variables. Which tensor of the checkpoint belongs to a variable is what
 * the graph's own restore op would do; for a variable that it does not restore, the name that the
 * object graph records, then the variable's own name. Two nodes with one {@code container} and
 * {@code shared_name} are one variable. Only what is asked for is read.
 */
public final class Variables {
  /** Suffix of the keys that TF2 gives to variables. */
  private static final String VALUE_KEY = "/.ATTRIBUTES/VARIABLE_VALUE";

  private final Path prefix;
  private final Checkpoint checkpoint;
  private final Map<String, CheckpointKey> restored;
  private Map<String, String> recorded;

  private Variables(Path prefix, Checkpoint checkpoint, Map<String, CheckpointKey> restored) {
    this.prefix = prefix;
    this.checkpoint = checkpoint;
    this.restored = restored;
  }

  /**
   * Interprets the restore op of a graph; no value is read.
   *
   * @param prefix of the checkpoint's files; null for a graph that has none
   * @throws DiagnosticException {@code CORRUPT_FILE} when the checkpoint's index does not parse
   */
  public static Variables of(MetaGraphDef graph, Map<String, FunctionDef> functions, Path prefix) {
    Checkpoint checkpoint = prefix == null ? null : Checkpoint.open(prefix).orElse(null);
    String restoreOp = graph.getSaverDef().getRestoreOpName();
    return new Variables(
        prefix,
        checkpoint,
        checkpoint == null || restoreOp.isEmpty()
            ? Map.of()
            : RestoreGraph.read(graph.getGraphDef(), functions, restoreOp));
  }

  /** The checkpoint, for what is no variable; empty when the model has none. */
  public Optional<Checkpoint> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /** Where the value of a variable node lies; empty when nothing tells. */
  public Optional<CheckpointKey> key(NodeDef variable) {
    if (checkpoint == null) {
      return Optional.empty();
    }
    CheckpointKey key = restored.get(VariableOps.identity(variable));
    return key != null ? Optional.of(key) : byName(VariableOps.sharedName(variable), variable);
  }

  /**
   * The keys of those resource variables among {@code nodes} that the restore op leaves out, by
   * node name. Keras 3 exports such models: TensorFlow in Python restores them by the object graph.
   */
  public Map<String, CheckpointKey> leftOut(Iterable<NodeDef> nodes) {
    Map<String, CheckpointKey> keys = new LinkedHashMap<>();
    for (NodeDef node : nodes) {
      if (node.getOp().equals("VarHandleOp") && !restored.containsKey(VariableOps.identity(node))) {
        key(node).ifPresent(k -> keys.put(node.getName(), k));
      }
    }
    return keys;
  }

  /** The keys of all variable nodes among {@code nodes} that have one, by node name. */
  public Map<String, CheckpointKey> keys(Iterable<NodeDef> nodes) {
    Map<String, CheckpointKey> keys = new LinkedHashMap<>();
    for (NodeDef node : nodes) {
      if (VariableOps.isVariable(node)) {
        key(node).ifPresent(k -> keys.put(node.getName(), k));
      }
    }
    return keys;
  }

  /**
   * The value of a variable node ({@code VarHandleOp}, {@code VariableV2}, {@code Variable}); its
   * bytes are read when the tensor is.
   *
   * @throws DiagnosticException {@code MISSING_VARIABLE} when it has none, {@code CORRUPT_FILE}
   *     when the checkpoint holds another type than the variable
   */
  public TensorData value(NodeDef variable) {
    String subject = AttrValues.subject(variable);
    CheckpointKey key = key(variable).orElseThrow(() -> missing(subject));
    TensorData value = checkpoint.read(key.tensor(), key.slice());
    AttrValue dtype = variable.getAttrMap().get("dtype");
    DType expected = dtype == null ? value.dtype() : DTypes.of(dtype.getType());
    if (value.dtype() != expected) {
      throw Fault.corrupt(
          subject,
          "the checkpoint holds "
              + value.type()
              + " under "
              + key
              + ", the variable is "
              + expected.text());
    }
    return value;
  }

  private Optional<CheckpointKey> byName(String shared, NodeDef variable) {
    if (recorded == null) {
      recorded = ObjectGraphKeys.read(checkpoint);
    }
    for (String name :
        new String[] {
          recorded.getOrDefault(shared, shared), shared + VALUE_KEY, variable.getName()
        }) {
      if (checkpoint.names().contains(name)) {
        return Optional.of(new CheckpointKey(name, TensorSlice.WHOLE));
      }
    }
    return Optional.empty();
  }

  private DiagnosticException missing(String subject) {
    if (prefix == null) {
      return DiagnosticException.of(
          Code.MISSING_VARIABLE,
          subject,
          "a variable in a graph that came without a checkpoint",
          "freeze the graph, or give the SavedModel or the .meta file with its checkpoint");
    }
    return DiagnosticException.of(
        Code.MISSING_VARIABLE,
        subject,
        checkpoint == null
            ? "the model has variables, but " + Checkpoint.indexFile(prefix) + " is missing"
            : "nothing in " + Checkpoint.indexFile(prefix) + " is restored into this variable",
        checkpoint == null
            ? "copy the checkpoint's files beside the graph"
            : "export the model again, with all its variables");
  }
}
