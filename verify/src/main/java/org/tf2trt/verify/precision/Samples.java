// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.precision;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.run.GeneratedInputs;
import org.tf2trt.verify.run.Port;
import org.tf2trt.verify.samples.SampleShares;

/** Inputs to measure a network on. */
public final class Samples {
  private static final int OPEN_DIM = 2;
  private static final int IMAGE_RANK = 4;
  private static final double BYTE = 255;
  private static final int SOUNDS = 8;

  private Samples() {}

  /**
   * Two generated calls. In the second one, images are in [0, 255) instead of [-1, 1): networks are
   * made for either, and nothing in them tells which. Where an input is a sound there are more
   * calls, with sounds of several pitches and loudnesses.
   */
  public static List<Map<String, TensorData>> generated(List<Port> ports) {
    Map<String, TensorData> first = new GeneratedInputs(1, OPEN_DIM).of(ports);
    Map<String, TensorData> second = new GeneratedInputs(2, OPEN_DIM).of(ports);
    List<Map<String, TensorData>> calls = new ArrayList<>(List.of(first, second));
    for (long seed = 1;
        seed <= SOUNDS && first.values().stream().anyMatch(Samples::isSound);
        seed++) {
      calls.add(sounding(first, seed));
    }
    for (Port p : ports) {
      if (isImage(p)) {
        second.put(p.name(), toBytes(second.get(p.name())));
      }
    }
    return calls;
  }

  private static boolean isSound(TensorData data) {
    return data.dtype() == DType.F32 && SampleShares.isSound(data.shape());
  }

  private static Map<String, TensorData> sounding(Map<String, TensorData> call, long seed) {
    Map<String, TensorData> sounds = new LinkedHashMap<>(call);
    sounds.replaceAll((name, data) -> isSound(data) ? sound(name, data.shape(), seed) : data);
    return sounds;
  }

  /** In [-1, 1]. */
  private static TensorData sound(String name, long[] shape, long seed) {
    double[] shares = SampleShares.of(shape, new SplittableRandom(31 * seed + name.hashCode()));
    float[] values = new float[shares.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * shares[i] - 1);
    }
    return TensorData.ofFloats(shape, values);
  }

  /**
   * What of given data goes to these inputs. Names match as they stand, or up to a final {@code
   * :0}.
   *
   * @throws DiagnosticException {@code BAD_DATA} when an input has none
   */
  public static Map<String, TensorData> matching(List<Port> ports, Map<String, TensorData> data) {
    Map<String, TensorData> feeds = new LinkedHashMap<>();
    for (Port p : ports) {
      String bare = p.name().endsWith(":0") ? p.name().substring(0, p.name().length() - 2) : "";
      List<String> names = new ArrayList<>(List.of(p.name(), p.name() + ":0", bare));
      names.retainAll(data.keySet());
      if (names.isEmpty()) {
        throw DiagnosticException.of(
            Code.BAD_DATA,
            p.name(),
            "the calibration data has no array in/" + p.name(),
            "give one for each input");
      }
      feeds.put(p.name(), data.get(names.get(0)));
    }
    return feeds;
  }

  private static boolean isImage(Port p) {
    Shape shape = p.type().shape();
    return p.type().dtype() == DType.F32
        && shape.hasRank(IMAGE_RANK)
        && (isColours(shape, 1) || isColours(shape, IMAGE_RANK - 1));
  }

  private static boolean isColours(Shape shape, int axis) {
    return shape.dim(axis).is(1) || shape.dim(axis).is(3);
  }

  private static TensorData toBytes(TensorData data) {
    ByteBuffer from = data.bytes();
    int count = Math.toIntExact(data.elements());
    ByteBuffer to = Elements.allocate(DType.F32, count);
    for (int i = 0; i < count; i++) {
      to.putFloat(4 * i, (float) ((from.getFloat(4 * i) + 1) / 2 * BYTE));
    }
    return TensorData.of(DType.F32, data.shape(), to);
  }
}
