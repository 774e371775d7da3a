// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/**
 * The constants of a model, each under one name. All of them live in the top graph, where bodies
 * see them too. Tensors up to {@value #SMALL} bytes with equal type and content are one.
 */
final class Initializers {
  private static final int SMALL = 1024;

  /** One initializer. */
  record Entry(String name, TensorData data) {}

  private record Content(DType dtype, List<Long> shape, Object elements) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<TensorData, String> byData = new IdentityHashMap<>();
  private final Map<Content, String> byContent = new HashMap<>();
  private final UniqueNames names;

  Initializers(UniqueNames names) {
    this.names = names;
  }

  /**
   * The name of a constant; at its first reading it gets that of its provenance, or the wanted one.
   */
  String nameOf(Value.Constant constant, String wanted) {
    TensorData data = constant.data();
    String known = byData.get(data);
    if (known == null) {
      List<String> origin = constant.provenance().names();
      known = add(data, origin.isEmpty() ? wanted : origin.get(0));
      byData.put(data, known);
    }
    return known;
  }

  private String add(TensorData data, String wanted) {
    if (data.dtype() != DType.STRING && data.byteSize() > SMALL) {
      return append(data, wanted);
    }
    return byContent.computeIfAbsent(content(data), key -> append(data, wanted));
  }

  private String append(TensorData data, String wanted) {
    String name = names.unique(wanted);
    entries.add(new Entry(name, data));
    return name;
  }

  private static Content content(TensorData data) {
    List<Long> shape = Arrays.stream(data.shape()).boxed().toList();
    if (data.dtype() == DType.STRING) {
      return new Content(data.dtype(), shape, data.strings());
    }
    ByteBuffer copy = ByteBuffer.allocate((int) data.byteSize()).put(data.bytes()).flip();
    return new Content(data.dtype(), shape, copy);
  }

  /** In the order of first reading. */
  List<Entry> entries() {
    return entries;
  }
}
