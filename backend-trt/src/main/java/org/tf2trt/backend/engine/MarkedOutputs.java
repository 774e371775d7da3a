// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.tensorrt.nvinfer.ILayer;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;

/** Makes tensors inside a network outputs. The parser names tensors as ONNX does. */
final class MarkedOutputs {
  private MarkedOutputs() {}

  /** Warns of names that the network lacks: the parser folds constants and no-ops away. */
  static List<Diagnostic> mark(INetworkDefinition network, BuildOptions options) {
    Set<String> wanted = new LinkedHashSet<>(options.markedOutputs());
    for (int i = 0; i < network.getNbLayers() && !wanted.isEmpty(); i++) {
      ILayer layer = network.getLayer(i);
      for (int j = 0; j < layer.getNbOutputs(); j++) {
        ITensor tensor = layer.getOutput(j);
        if (tensor != null && wanted.remove(tensor.getName()) && !tensor.isNetworkOutput()) {
          network.markOutput(tensor);
        }
      }
    }
    List<Diagnostic> warnings = new ArrayList<>();
    for (String name : wanted) {
      warnings.add(
          Diagnostic.warning(
              Code.UNKNOWN_NAME,
              "'" + name + "'",
              "TensorRT's parser makes no tensor of this name",
              "mark a tensor before or after it"));
    }
    return warnings;
  }
}
