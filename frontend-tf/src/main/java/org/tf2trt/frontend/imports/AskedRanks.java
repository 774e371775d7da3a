// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.imports;

import java.util.Map;
import java.util.OptionalInt;

/**
 * The ranks that TensorFlow's kernels ask of the inputs of an op. Inputs for which they also take
 * another rank, for example a vector of one element for a scalar, are not listed.
 */
final class AskedRanks {
  /** Stands for an input of any rank. */
  private static final int ANY = -1;

  private static final Map<String, int[]> TABLE =
      Map.ofEntries(
          asks("Conv2D", 4, 4),
          asks("DepthwiseConv2dNative", 4, 4),
          asks("_FusedConv2D", 4, 4),
          asks("Conv3D", 5, 5),
          asks("Conv2DBackpropInput", ANY, 4, 4),
          asks("Conv3DBackpropInputV2", ANY, 5, 5),
          asks("MaxPool", 4),
          asks("AvgPool", 4),
          asks("MaxPool3D", 5),
          asks("AvgPool3D", 5),
          asks("FusedBatchNorm", 4, 1, 1, 1, 1),
          asks("FusedBatchNormV2", 4, 1, 1, 1, 1),
          asks("BiasAdd", ANY, 1),
          asks("LRN", 4),
          asks("ResizeBilinear", 4, 1),
          asks("ResizeNearestNeighbor", 4, 1),
          asks("ResizeBicubic", 4, 1),
          asks("CropAndResize", 4, 2, 1, 1),
          asks("DepthToSpace", 4),
          asks("SpaceToDepth", 4),
          asks("MatMul", 2, 2),
          asks("NonMaxSuppression", 2, 1, 0),
          asks("NonMaxSuppressionV2", 2, 1, 0, 0),
          asks("NonMaxSuppressionV3", 2, 1, 0, 0, 0),
          asks("NonMaxSuppressionV4", 2, 1, 0, 0, 0),
          asks("NonMaxSuppressionV5", 2, 1, 0, 0, 0, 0),
          asks("NonMaxSuppressionWithOverlaps", 2, 1, 0, 0, 0),
          asks("NthElement", ANY, 0),
          asks("TopKV2", ANY, 0),
          asks("OneHot", ANY, 0, 0, 0),
          asks("LinSpace", 0, 0, 0),
          asks("PadV2", ANY, 2, 0),
          asks("MatrixBandPart", ANY, 0, 0),
          asks("Cumsum", ANY, 0),
          asks("Cumprod", ANY, 0),
          asks("FakeQuantWithMinMaxVars", ANY, 0, 0),
          asks("FakeQuantWithMinMaxVarsPerChannel", ANY, 1, 1),
          asks("ReverseSequence", ANY, 1),
          asks("CudnnRNN", 3, 3, ANY, 1),
          asks("CudnnRNNV2", 3, 3, ANY, 1),
          asks("CudnnRNNV3", 3, 3, ANY, 1, 1));

  private AskedRanks() {}

  private static Map.Entry<String, int[]> asks(String op, int... ranks) {
    return Map.entry("tf." + op, ranks);
  }

  /** The rank of an input; empty when it may be any. */
  static OptionalInt of(String op, int input) {
    int[] ranks = TABLE.get(op);
    return ranks == null || input >= ranks.length || ranks[input] == ANY
        ? OptionalInt.empty()
        : OptionalInt.of(ranks[input]);
  }
}
