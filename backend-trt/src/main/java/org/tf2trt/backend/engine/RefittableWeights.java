// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.tf2trt.backend.onnx.ModelWeights;
import org.tf2trt.ir.data.TensorData;

/**
 * Makes those weights replaceable that a model names. Left to itself, TensorRT makes all of them
 * so, constants that its parser made up included, which no model can give back to a stripped
 * engine.
 */
final class RefittableWeights {
  private RefittableWeights() {}

  /** For a network that the parser has read, in a configuration that asks for refitting. */
  static void choose(INetworkDefinition network, IBuilderConfig config, Path onnx) {
    boolean some = false;
    for (Map.Entry<String, TensorData> weights : ModelWeights.read(onnx).entrySet()) {
      // Integers are shapes and indices, which are part of the network.
      if (weights.getValue().dtype().isFloat()) {
        some |= network.markWeightsRefittable(weights.getKey());
      }
    }
    if (some) {
      config.clearFlag(BuilderFlag.kREFIT);
      config.setFlag(BuilderFlag.kREFIT_INDIVIDUAL);
    }
  }
}
