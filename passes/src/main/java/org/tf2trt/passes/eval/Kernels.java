// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every op that can be evaluated. */
final class Kernels {
  static final Map<String, Kernel> ALL = all();

  private Kernels() {}

  private static Map<String, Kernel> all() {
    Map<String, Kernel> table = new LinkedHashMap<>();
    ShapeKernels.addTo(table);
    ConstantKernels.addTo(table);
    SliceKernels.addTo(table);
    GatherKernels.addTo(table);
    ScatterKernels.addTo(table);
    SelectKernels.addTo(table);
    CastKernels.addTo(table);
    ArithmeticKernels.addTo(table);
    CompareKernels.addTo(table);
    MathKernels.addTo(table);
    ActivationKernels.addTo(table);
    ReduceKernels.addTo(table);
    SortKernels.addTo(table);
    SoftmaxKernels.addTo(table);
    AttentionKernel.addTo(table);
    PadKernels.addTo(table);
    MatMulKernels.addTo(table);
    ConvKernels.addTo(table);
    PoolKernels.addTo(table);
    NormKernels.addTo(table);
    QuantizeKernels.addTo(table);
    ResizeKernel.addTo(table);
    GridSampleKernel.addTo(table);
    RecurrentKernels.addTo(table);
    return Collections.unmodifiableMap(table);
  }
}
