// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.run.Port;
import org.tf2trt.verify.samples.DefaultExtents;

/** Concrete shapes for made-up inputs. */
final class InputShapes {
  private final Map<String, Long> symbols;

  InputShapes(Map<String, Long> given) {
    this.symbols = new LinkedHashMap<>(given);
  }

  /**
   * Shapes of the reference's inputs; where the converted model pins a dim, that is taken.
   *
   * @throws DiagnosticException {@code UNKNOWN_NAME} when a dim that was given does not exist
   */
  Map<String, long[]> of(List<Port> reference, List<Port> converted) {
    List<String> unused = new ArrayList<>(symbols.keySet());
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (Port port : reference) {
      Shape shape = port.type().shape();
      for (Port other : converted) {
        boolean same =
            (other.name() + ":0").equals(port.name()) || other.name().equals(port.name());
        shape = same ? Fit.pinned(shape, other.type().shape()) : shape;
      }
      // An input whose rank nothing tells is mostly a threshold or a size.
      shapes.put(port.name(), shape.isRanked() ? extents(shape, unused) : new long[0]);
    }
    if (!unused.isEmpty()) {
      throw DiagnosticException.of(
          Code.UNKNOWN_NAME,
          "--dim " + unused.get(0),
          "no input has an open dim of that name",
          "the inputs are " + reference);
    }
    return shapes;
  }

  private long[] extents(Shape shape, List<String> unused) {
    long[] extents = new long[shape.rank()];
    for (int i = 0; i < extents.length; i++) {
      Dim dim = shape.dim(i);
      long otherwise = DefaultExtents.of(shape, i);
      if (dim.isKnown()) {
        extents[i] = dim.size();
      } else if (dim.isUnknown()) {
        extents[i] = otherwise;
      } else {
        unused.remove(dim.toString());
        extents[i] = symbols.computeIfAbsent(dim.toString(), d -> otherwise);
      }
    }
    return extents;
  }
}
