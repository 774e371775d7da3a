// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.check;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.run.Port;

/**
 * Brings tensors from the reference's interface to that of a converted model and back: another
 * name, channels first, a narrower type.
 */
public final class Fit {
  private Fit() {}

  /**
   * What a converted model is fed.
   *
   * @throws DiagnosticException {@code BAD_DATA} when it has an input that the reference lacks
   */
  public static Map<String, TensorData> feeds(Map<String, TensorData> reference, List<Port> ports) {
    Map<String, TensorData> feeds = new LinkedHashMap<>();
    for (Port port : ports) {
      TensorData data = find(reference, port.name());
      if (data == null) {
        throw DiagnosticException.of(
            Code.BAD_DATA,
            port.toString(),
            "the original model has no such input, but " + reference.keySet(),
            "verify a model with what it was converted to");
      }
      feeds.put(port.name(), as(port.type().dtype(), laidOut(data, port)));
    }
    return feeds;
  }

  /** The output that stands for the reference's, in its type and layout; null when missing. */
  public static TensorData output(
      String name, TensorData expected, Map<String, TensorData> actual, boolean isInput) {
    TensorData data = find(actual, name);
    if (data == null && isInput) {
      data = find(actual, name + "_1"); // ONNX has one name space for inputs and outputs
    }
    if (data == null) {
      return null;
    }
    int rank = data.rank();
    if (rank == expected.rank() && rank > 2 && !data.type().equals(expected.type())) {
      TensorData moved = data.permute(channelsLast(rank));
      data = moved.type().shape().equals(expected.type().shape()) ? moved : data;
    }
    return as(expected.dtype(), data);
  }

  /** A table's entry by its name, which may lack or have {@code :0}. */
  public static <T> T find(Map<String, T> byName, String name) {
    T found = byName.get(name);
    if (found == null) {
      found = byName.get(name + ":0");
    }
    return found == null && name.endsWith(":0")
        ? byName.get(name.substring(0, name.length() - 2))
        : found;
  }

  /** The shape that an input of the reference has where the converted model pins it. */
  public static Shape pinned(Shape reference, Shape converted) {
    if (!reference.isRanked() || !converted.isRanked() || reference.rank() != converted.rank()) {
      return reference.isRanked() ? reference : converted;
    }
    if (agree(reference, converted)) {
      return merged(reference, converted);
    }
    Shape moved = permuted(converted, channelsLast(converted.rank()));
    return agree(reference, moved) ? merged(reference, moved) : reference;
  }

  private static boolean agree(Shape a, Shape b) {
    for (int i = 0; i < a.rank(); i++) {
      if (a.dim(i).isKnown() && b.dim(i).isKnown() && !a.dim(i).equals(b.dim(i))) {
        return false;
      }
    }
    return true;
  }

  private static Shape merged(Shape a, Shape b) {
    Shape shape = a;
    for (int i = 0; i < a.rank(); i++) {
      shape = !a.dim(i).isKnown() && b.dim(i).isKnown() ? shape.with(i, b.dim(i)) : shape;
    }
    return shape;
  }

  private static Shape permuted(Shape shape, int[] perm) {
    Shape result = Shape.unknown(shape.rank());
    for (int i = 0; i < perm.length; i++) {
      result = result.with(i, shape.dim(perm[i]));
    }
    return result;
  }

  private static TensorData laidOut(TensorData data, Port port) {
    List<Dim> wanted = port.type().shape().dims();
    int rank = data.rank();
    if (rank < 3 || wanted.size() != rank || agree(data.type().shape(), port.type().shape())) {
      return data;
    }
    TensorData moved = data.permute(channelsFirst(rank));
    return agree(moved.type().shape(), port.type().shape()) ? moved : data;
  }

  /** The permutation from channels last. */
  public static int[] channelsFirst(int rank) {
    int[] perm = new int[rank];
    perm[1] = rank - 1;
    for (int i = 2; i < rank; i++) {
      perm[i] = i - 1;
    }
    return perm;
  }

  /** The inverse of {@link #channelsFirst}. */
  public static int[] channelsLast(int rank) {
    int[] perm = new int[rank];
    perm[rank - 1] = 1;
    for (int i = 1; i < rank - 1; i++) {
      perm[i] = i + 1;
    }
    return perm;
  }

  /** Rounds, or widens. */
  public static TensorData as(DType wanted, TensorData data) {
    DType given = data.dtype();
    boolean floats = wanted.isFloat() && given.isFloat();
    boolean integers =
        (wanted.isInteger() || wanted == DType.BOOL) && (given.isInteger() || given == DType.BOOL);
    if (given == wanted || !floats && !integers) {
      return data;
    }
    int count = Math.toIntExact(data.elements());
    ByteBuffer from = data.bytes();
    ByteBuffer to = Elements.allocate(wanted, count);
    for (int i = 0; i < count; i++) {
      if (floats) {
        Elements.putDouble(wanted, to, i, Elements.getDouble(given, from, i));
      } else {
        Elements.putLong(wanted, to, i, Elements.getLong(given, from, i));
      }
    }
    return TensorData.of(wanted, data.shape(), to);
  }
}
