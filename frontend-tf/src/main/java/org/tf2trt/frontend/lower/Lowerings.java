// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import org.tf2trt.frontend.flow.FlowLowerings;

/** The lowerings this tool brings, theme by theme. */
public final class Lowerings {
  private Lowerings() {}

  public static LoweringTable builtIn() {
    LoweringTable table = new LoweringTable();
    table.theme("Convolution and pooling");
    ConvLowerings.addTo(table);
    DeconvLowerings.addTo(table);
    FilterGradientLowerings.addTo(table);
    PoolGradientLowerings.addTo(table);
    AveragePoolGradient.addTo(table);
    PoolLowerings.addTo(table);
    SpaceBatchLowerings.addTo(table);
    SpaceDepthLowerings.addTo(table);
    PatchLowerings.addTo(table);
    DataFormatLowerings.addTo(table);
    table.theme("Matrix products");
    MatMulLowerings.addTo(table);
    EinsumLowerings.addTo(table);
    table.theme("Linear algebra of small matrices");
    LinearSystemLowerings.addTo(table);
    TriangularLowerings.addTo(table);
    QrLowering.addTo(table);
    SpectralLowerings.addTo(table);
    table.theme("Fused ops");
    FusedLowerings.addTo(table);
    table.theme("Normalisation");
    BatchNormLowerings.addTo(table);
    NormLowerings.addTo(table);
    table.theme("Activations and losses");
    ActivationLowerings.addTo(table);
    CtcLossLowering.addTo(table);
    table.theme("Quantisation");
    FakeQuantLowerings.addTo(table);
    QuantizeDequantizeLowerings.addTo(table);
    QuantizeLowerings.addTo(table);
    QuantizedNetworkLowerings.addTo(table);
    table.theme("Images");
    ResizeLowerings.addTo(table);
    CropAndResizeLowering.addTo(table);
    ColorLowerings.addTo(table);
    ProjectiveLowering.addTo(table);
    table.theme("Detection");
    SuppressionLowerings.addTo(table);
    table.theme("Arithmetic");
    ArithmeticLowerings.addTo(table);
    DivisionLowerings.addTo(table);
    UnaryLowerings.addTo(table);
    SpecialLowerings.addTo(table);
    BesselFunctions.addTo(table);
    Integrals.addTo(table);
    IncompleteGamma.addTo(table);
    IncompleteBeta.addTo(table);
    ZetaFunctions.addTo(table);
    NextAfter.addTo(table);
    CastLowerings.addTo(table);
    BitLowerings.addTo(table);
    table.theme("Comparison and selection");
    ComparisonLowerings.addTo(table);
    SelectLowerings.addTo(table);
    table.theme("Reduction, scans and order");
    ReduceLowerings.addTo(table);
    ScanLowerings.addTo(table);
    OrderLowerings.addTo(table);
    CountLowerings.addTo(table);
    table.theme("Shapes and layout of arrays");
    ShapeLowerings.addTo(table);
    JoinLowerings.addTo(table);
    SliceLowerings.addTo(table);
    XlaSliceLowerings.addTo(table);
    PadLowerings.addTo(table);
    Ranges.addTo(table);
    DiagonalLowerings.addTo(table);
    table.theme("Gather, scatter and segments");
    GatherLowerings.addTo(table);
    ScatterLowerings.addTo(table);
    SegmentLowerings.addTo(table);
    PartitionLowerings.addTo(table);
    TableLowerings.addTo(table);
    table.theme("Control flow and lists of tensors");
    FlowLowerings.addTo(table);
    table.theme("Recurrent cells");
    RecurrentLowerings.addTo(table);
    CudnnLowerings.addTo(table);
    table.theme("Random numbers");
    RandomLowerings.addTo(table);
    RandomVariates.addTo(table);
    CropSamplingLowerings.addTo(table);
    table.theme("Audio");
    AudioLowerings.addTo(table);
    table.theme("Ragged and sparse tensors");
    RaggedLowerings.addTo(table);
    RaggedVariants.addTo(table);
    SparseLowerings.addTo(table);
    SparseDenseLowerings.addTo(table);
    SetLowerings.addTo(table);
    table.theme("Passed through");
    PassThroughLowerings.addTo(table);
    // Behind all others: complex forms build on the lowerings for real numbers.
    table.theme("Complex numbers and Fourier transforms");
    table.one("ConjugateTranspose", OrderLowerings::transpose);
    ComplexLowerings.addTo(table);
    FourierLowerings.addTo(table);
    return table;
  }
}
