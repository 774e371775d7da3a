// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference.server;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_GetCode;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphImportGraphDef;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphOperationByName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_ImportGraphDefOptionsSetPrefix;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_LoadSessionFromSavedModel;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_Message;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewGraph;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewImportGraphDefOptions;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewSession;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewSessionOptions;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NewStatus;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionRun;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tf2trt.ir.data.TensorData;

/** One graph and its session, through the C API: its element types are all that TensorFlow has. */
final class TfSession {
  private static final int THREADS = 2;

  private final TF_Graph graph = TF_NewGraph();
  private final TF_Status status = TF_NewStatus();
  private TF_Session session;

  /** Restores variables and runs the model's initialiser. */
  Void loadSavedModel(String folder, List<String> tags) {
    try (BytePointer path = new BytePointer(folder);
        PointerPointer<BytePointer> names = new PointerPointer<>(tags.toArray(new String[0]))) {
      session =
          TF_LoadSessionFromSavedModel(
              plainOptions(), null, path, names, tags.size(), graph, null, status);
      check();
    }
    return null;
  }

  /** Adds a graph, its functions included; names of nodes get the prefix and a slash. */
  Void importGraph(byte[] bytes, String prefix) {
    TF_ImportGraphDefOptions options = TF_NewImportGraphDefOptions();
    if (!prefix.isEmpty()) {
      TF_ImportGraphDefOptionsSetPrefix(options, prefix);
    }
    try (BytePointer data = new BytePointer(bytes)) {
      TF_Buffer buffer = tensorflow.TF_NewBufferFromString(data, bytes.length);
      TF_GraphImportGraphDef(graph, buffer, options, status);
      tensorflow.TF_DeleteBuffer(buffer);
    }
    tensorflow.TF_DeleteImportGraphDefOptions(options);
    check();
    if (session == null) {
      session = TF_NewSession(graph, plainOptions(), status);
      check();
    }
    return null;
  }

  /** No graph optimiser changes what is computed; see the note on oneDNN in TensorFlowProcess. */
  private TF_SessionOptions plainOptions() {
    byte[] config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(THREADS)
            .setInterOpParallelismThreads(1)
            .setAllowSoftPlacement(true) // nodes that were placed on a GPU run here
            .setGraphOptions(
                GraphOptions.newBuilder()
                    .setOptimizerOptions(
                        OptimizerOptions.newBuilder()
                            .setOptLevel(OptimizerOptions.Level.L0)
                            .setGlobalJitLevel(OptimizerOptions.GlobalJitLevel.OFF))
                    .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
            .build()
            .toByteArray();
    TF_SessionOptions options = TF_NewSessionOptions();
    try (BytePointer bytes = new BytePointer(config)) {
      TF_SetConfig(options, bytes, config.length, status);
    }
    check();
    return options;
  }

  /**
   * Computes tensors and runs targets.
   *
   * @param feeds by tensor name, {@code node:0}
   * @param fetches tensor names
   * @param targets names of operations
   */
  List<TensorData> run(Map<String, TensorData> feeds, List<String> fetches, List<String> targets) {
    List<TF_Tensor> inputs = new ArrayList<>();
    try (TF_Output inputNames = outputs(List.copyOf(feeds.keySet()));
        TF_Output outputNames = outputs(fetches);
        PointerPointer<TF_Tensor> inputValues = new PointerPointer<>(feeds.size());
        PointerPointer<TF_Tensor> outputValues = new PointerPointer<>(fetches.size());
        PointerPointer<TF_Operation> operations = new PointerPointer<>(targets.size())) {
      for (TensorData feed : feeds.values()) {
        inputValues.put(inputs.size(), TfTensors.allocate(feed, inputs));
      }
      for (int i = 0; i < targets.size(); i++) {
        operations.put(i, operation(targets.get(i)));
      }
      TF_SessionRun(
          session,
          null,
          inputNames,
          inputValues,
          feeds.size(),
          outputNames,
          outputValues,
          fetches.size(),
          operations,
          targets.size(),
          null,
          status);
      check();
      List<TensorData> results = new ArrayList<>();
      for (int i = 0; i < fetches.size(); i++) {
        results.add(TfTensors.take(outputValues.get(TF_Tensor.class, i)));
      }
      return results;
    } finally {
      inputs.forEach(TfTensors::delete);
    }
  }

  private TF_Output outputs(List<String> names) {
    TF_Output outputs = new TF_Output(Math.max(1, names.size()));
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      int colon = name.lastIndexOf(':');
      boolean indexed = colon > 0 && name.substring(colon + 1).matches("[0-9]+");
      TF_Operation operation = operation(indexed ? name.substring(0, colon) : name);
      int index = indexed ? Integer.parseInt(name.substring(colon + 1)) : 0;
      outputs.getPointer(i).oper(operation).index(index);
    }
    return outputs;
  }

  private TF_Operation operation(String name) {
    TF_Operation operation = TF_GraphOperationByName(graph, name);
    if (Pointer.isNull(operation)) {
      throw new TfException("the graph has no node '" + name + "'");
    }
    return operation;
  }

  private void check() {
    if (TF_GetCode(status) != tensorflow.TF_OK) {
      throw new TfException(TF_Message(status).getString());
    }
  }
}
