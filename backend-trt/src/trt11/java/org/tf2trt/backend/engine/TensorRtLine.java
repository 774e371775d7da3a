// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;

/** What differs between the lines of TensorRT that the sources compile against: this is 11. */
public final class TensorRtLine {
  /** Major version that the bindings are made for. */
  public static final int MAJOR = nvinfer.NV_TENSORRT_MAJOR;

  /** Version that the bindings are made for. */
  public static final TensorRtVersion BINDINGS =
      new TensorRtVersion(
          nvinfer.NV_TENSORRT_MAJOR,
          nvinfer.NV_TENSORRT_MINOR,
          nvinfer.NV_TENSORRT_PATCH,
          nvinfer.NV_TENSORRT_BUILD);

  /** Networks are always strongly typed. */
  static final int STRONGLY_TYPED = 0;

  /** Slot of the ONNX parser's deleting destructor: it follows six functions of its own. */
  static final int PARSER_DESTRUCTOR = 7;

  /** Slot of the profiler's function, after those of the versioned interface. */
  public static final int REPORT_LAYER_TIME = 4;

  /** Kernels of cuBLAS and cuDNN are no longer used. */
  static boolean has(TacticSource source) {
    return source == TacticSource.EDGE_MASK_CONVOLUTIONS || source == TacticSource.JIT_CONVOLUTIONS;
  }

  /** All levels exist. */
  static boolean has(HardwareCompatibility level) {
    return true;
  }

  /** Values of a shape input; 64 bits each. */
  static boolean setShapeValues(
      IOptimizationProfile profile, String input, OptProfileSelector which, long[] values) {
    return profile.setShapeValuesV2(input, which, values, values.length);
  }

  /** The values of a shape input in a profile. */
  static long[] shapeValues(
      ICudaEngine engine, String input, int profile, OptProfileSelector which, int count) {
    LongPointer values = engine.getProfileTensorValuesV2(input, profile, which);
    return IntStream.range(0, count).mapToLong(values::get).toArray();
  }

  private TensorRtLine() {}
}
