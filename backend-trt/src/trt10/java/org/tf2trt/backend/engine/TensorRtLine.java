// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;

/** What differs between the lines of TensorRT that the sources compile against: this is 10. */
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

  /** {@code 1 << kSTRONGLY_TYPED}; without it types are hints. */
  static final int STRONGLY_TYPED = 1 << 1;

  /** Slot of the ONNX parser's deleting destructor: it follows eight functions of its own. */
  static final int PARSER_DESTRUCTOR = 9;

  /** Slot of the profiler's one function: its interface has no version yet. */
  public static final int REPORT_LAYER_TIME = 0;

  /** All tactic sources exist. */
  static boolean has(TacticSource source) {
    return true;
  }

  /** The level that is new in TensorRT 11 is missing. */
  static boolean has(HardwareCompatibility level) {
    return level != HardwareCompatibility.SAME_COMPUTE_CAPABILITY;
  }

  /** Values of a shape input; 32 bits each. */
  static boolean setShapeValues(
      IOptimizationProfile profile, String input, OptProfileSelector which, long[] values) {
    int[] narrow = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = Math.toIntExact(values[i]);
    }
    return profile.setShapeValues(input, which, narrow, narrow.length);
  }

  /** The values of a shape input in a profile. */
  static long[] shapeValues(
      ICudaEngine engine, String input, int profile, OptProfileSelector which, int count) {
    IntPointer values = engine.getProfileTensorValues(input, profile, which);
    return IntStream.range(0, count).mapToLong(values::get).toArray();
  }

  private TensorRtLine() {}
}
