// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/** Spectrograms and cepstral coefficients (spectrogram.cc, mfcc.cc) as matrix products. */
final class AudioLowerings {
  private static final double LOG_FLOOR = 1e-12;

  private AudioLowerings() {}

  static void addTo(LoweringTable table) {
    table.one("AudioSpectrogram", AudioLowerings::spectrogram);
    table.one("Mfcc", AudioLowerings::cepstrum);
  }

  /** [samples, channels] to [channels, frames, bins], with a periodic Hann window. */
  private static Value spectrogram(TfNode node, OnnxBuilder b) {
    Value signal = b.transpose(node.input(0, 2), 1, 0);
    long window = node.integer("window_size");
    long stride = node.integer("stride");
    int length = 1;
    while (length < window) {
      length *= 2;
    }
    Value samples = b.squeeze(b.dim(signal, 1), 0);
    Value rest = b.sub(samples, b.scalar(DType.I64, (double) window));
    Value frames = b.add(b.div(rest, b.scalar(DType.I64, (double) stride)), b.scalar(DType.I64, 1));
    Value starts = b.mul(Ranges.upTo(b, frames), b.scalar(DType.I64, (double) stride));
    long[] offsets = new long[(int) window];
    java.util.Arrays.setAll(offsets, i -> i);
    Value at = b.add(b.unsqueeze(starts, 1), b.unsqueeze(b.ints(offsets), 0));
    Value framed = GatherLowerings.gather(b, signal, at, 1); // [channels, frames, window]
    Value hann =
        b.constant(
            FourierMatrix.of(
                DType.F32,
                1,
                (int) window,
                (r, i) -> 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window)));
    Value padded = FourierLowerings.fit(node, b, b.mul(framed, hann), 2, length);
    Pair bins = new Fourier(b, DType.F32).ofReal(padded, length, length / 2 + 1);
    return node.flag("magnitude_squared") ? bins.squaredMagnitude(b) : bins.magnitude(b);
  }

  /** [channels, frames, bins] of squared magnitudes to [channels, frames, coefficients]. */
  private static Value cepstrum(TfNode node, OnnxBuilder b) {
    Value spectrum = node.input(0, 3);
    if (!spectrum.shape().dim(2).isKnown()) {
      throw node.refuse("the number of bins is not known", "give the input shapes with --shape");
    }
    int bins = (int) spectrum.shape().dim(2).size();
    int channels = (int) node.integer("filterbank_channel_count");
    int coefficients = (int) node.integer("dct_coefficient_count");
    Optional<MelFilters> known = node.knownIntegers(1).map(r -> filters(node, bins, r[0]));
    MelFilters any = filters(node, bins, 0);
    Value rate = b.cast(node.input(1), DType.F32);
    Value weights = known.map(f -> b.constant(f.matrix())).orElseGet(() -> any.matrix(b, rate));
    Value energy = b.op("MatMul", b.op("Sqrt", spectrum), weights);
    Value log = b.op("Log", b.op("Max", energy, b.scalar(DType.F32, LOG_FLOOR)));
    // The kernel gives up where the bins do not reach the upper limit, and all coefficients are 0.
    Value reached =
        known
            .map(f -> b.scalar(DType.BOOL, f.isReached() ? 1 : 0))
            .orElseGet(() -> any.isReached(b, rate));
    Value levels = b.where(reached, log, b.scalar(DType.F32, 0));
    double norm = Math.sqrt(2.0 / channels);
    Value cosines =
        b.constant(
            FourierMatrix.of(
                DType.F32,
                channels,
                coefficients,
                (j, i) -> norm * Math.cos(Math.PI / channels * i * (j + 0.5))));
    return b.op("MatMul", levels, cosines);
  }

  private static MelFilters filters(TfNode node, int bins, long rate) {
    return new MelFilters(
        bins,
        rate,
        (int) node.integer("filterbank_channel_count"),
        node.number("lower_frequency_limit"),
        node.number("upper_frequency_limit"));
  }
}
