// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tf2trt.backend.onnx.format.OnnxFile;
import org.tf2trt.backend.onnx.proto.TensorProto;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;

/** The weights of an ONNX file without its graph. */
public final class ModelWeights {
  private ModelWeights() {}

  /**
   * The initializers of the main graph by name; their bytes stay in the file until they are read.
   *
   * @throws DiagnosticException MODEL_NOT_FOUND, WRONG_FILE_KIND, CORRUPT_FILE, UNSUPPORTED_DTYPE
   */
  public static Map<String, TensorData> read(Path file) {
    TensorDecoder tensors = new TensorDecoder(new ExternalFiles(file));
    Map<String, TensorData> weights = new LinkedHashMap<>();
    for (TensorProto tensor : OnnxFile.parse(file).getGraph().getInitializerList()) {
      weights.put(tensor.getName(), tensors.decode(tensor));
    }
    return weights;
  }
}
