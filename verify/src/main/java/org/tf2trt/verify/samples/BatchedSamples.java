// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.run.Port;

/**
 * Rows stacked to calls, in the types of the inputs. Rows that do not fill the last call are left
 * out where the batch is fixed, and make a smaller call where it is open.
 */
final class BatchedSamples implements Samples {
  private final Rows rows;
  private final List<Port> ports;
  private final int batch;
  private final String description;
  private long given;

  BatchedSamples(Rows rows, List<Port> ports, int batch, String description) {
    this.rows = rows;
    this.ports = List.copyOf(ports);
    this.batch = batch;
    this.description = description + ", " + batch + " to a call";
  }

  @Override
  public Optional<Map<String, TensorData>> next() {
    List<Map<String, TensorData>> some = new ArrayList<>();
    while (some.size() < batch) {
      Optional<Map<String, TensorData>> row = rows.next();
      if (row.isEmpty()) {
        break;
      }
      some.add(row.get());
    }
    boolean fixed = ports.stream().anyMatch(BatchedSamples::isFixed);
    if (some.isEmpty() || fixed && some.size() < batch) {
      return Optional.empty();
    }
    given += some.size();
    Map<String, TensorData> call = new LinkedHashMap<>();
    for (Port port : ports) {
      call.put(port.name(), stacked(port, some));
    }
    return Optional.of(call);
  }

  private static boolean isFixed(Port port) {
    var shape = port.type().shape();
    return shape.isRanked() && shape.rank() > 0 && shape.dim(0).isKnown();
  }

  private static TensorData stacked(Port port, List<Map<String, TensorData>> rows) {
    TensorData first = row(port, rows.get(0));
    long[] shape = new long[first.rank() + 1];
    shape[0] = rows.size();
    System.arraycopy(first.shape(), 0, shape, 1, first.rank());
    DType dtype = port.type().dtype();
    if (dtype == DType.STRING) {
      List<String> strings = new ArrayList<>();
      rows.forEach(r -> strings.addAll(row(port, r).strings()));
      return TensorData.ofStrings(shape, strings);
    }
    int count = Math.toIntExact(first.elements());
    ByteBuffer bytes = Elements.allocate(dtype, (long) count * rows.size());
    int at = 0;
    for (Map<String, TensorData> r : rows) {
      TensorData data = row(port, r);
      if (data.elements() != count) {
        throw bad(port, "samples of different sizes: " + first.type() + " and " + data.type());
      }
      copy(data, dtype, bytes, at);
      at += count;
    }
    return TensorData.of(dtype, shape, bytes);
  }

  private static TensorData row(Port port, Map<String, TensorData> row) {
    TensorData data = row.get(port.name());
    if (data == null) {
      throw bad(port, "the data has no values for it, but for " + row.keySet());
    }
    return data;
  }

  private static void copy(TensorData from, DType dtype, ByteBuffer to, int at) {
    DType given = from.dtype();
    ByteBuffer bytes = from.bytes();
    boolean exact = !dtype.isFloat() && !given.isFloat();
    for (int i = 0; i < from.elements(); i++) {
      if (exact) {
        Elements.putLong(dtype, to, at + i, Elements.getLong(given, bytes, i));
      } else if (dtype.isFloat()) {
        Elements.putDouble(dtype, to, at + i, Elements.getDouble(given, bytes, i));
      } else {
        Elements.putLong(dtype, to, at + i, Math.round(Elements.getDouble(given, bytes, i)));
      }
    }
  }

  private static DiagnosticException bad(Port port, String what) {
    return DiagnosticException.of(
        Code.BAD_DATA, "input " + port, what, "give data that fits, or leave out --data");
  }

  @Override
  public void skip(long calls) {
    rows.skip(calls * batch);
    given += calls * batch;
  }

  @Override
  public int perCall() {
    return batch;
  }

  @Override
  public long given() {
    return given;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void close() {
    rows.close();
  }
}
