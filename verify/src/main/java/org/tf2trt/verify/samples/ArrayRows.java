// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.npy.NpyRows;

/** Arrays that are read together along their first axes; the shortest ends them all. */
final class ArrayRows implements Rows {
  private final Map<String, NpyRows> arrays;
  private final AutoCloseable archive;

  ArrayRows(Map<String, NpyRows> arrays, AutoCloseable archive) {
    this.arrays = new LinkedHashMap<>(arrays);
    this.archive = archive;
  }

  @Override
  public Optional<Map<String, TensorData>> next() {
    Map<String, TensorData> row = new LinkedHashMap<>();
    for (Map.Entry<String, NpyRows> e : arrays.entrySet()) {
      Optional<TensorData> value = e.getValue().next();
      if (value.isEmpty()) {
        return Optional.empty();
      }
      row.put(e.getKey(), value.get());
    }
    return Optional.of(row);
  }

  @Override
  public void skip(long rows) {
    arrays.values().forEach(a -> a.skip(rows));
  }

  @Override
  public void close() {
    arrays.values().forEach(NpyRows::close);
    try {
      archive.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
