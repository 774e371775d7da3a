// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Provenance;
import org.tf2trt.ir.Value;
import org.tf2trt.ir.data.TensorData;

/**
 * The constants of a model, each under one name. All of them live in the top graph, where bodies
 * see them too. Tensors up to {@value #SMALL} bytes with equal type and content are one.
 *
 * <p>A constant of the TensorFlow model has its tensor name there ({@code dense/kernel:0}), others
 * are named by the input that reads them or end in {@code :const}, {@code :const2}, ... No name
 * ends in {@code _} and digits or is that of a node: TensorRT's parser finds constants by the names
 * of layers, which it makes unique by such a suffix, and takes another constant without a word when
 * an initializer has the same name (ImporterContext::registerLayer and convertToTensor of
 * onnx-tensorrt 10.1).
 */
final class Initializers {
  private static final int SMALL = 1024;
  private static final Pattern NUMBERED = Pattern.compile("_\\d+$");

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
   * The name of a constant; at its first reading it gets one from its provenance, or that of the
   * place where it is read.
   *
   * @param place the reading node's name, a slash and the input's name
   */
  String nameOf(Value.Constant constant, String place) {
    TensorData data = constant.data();
    String known = byData.get(data);
    if (known == null) {
      known = add(data, wanted(constant.provenance(), place));
      byData.put(data, known);
    }
    return known;
  }

  private static String wanted(Provenance provenance, String place) {
    if (provenance.names().isEmpty()) {
      return place + ":const";
    }
    String name = provenance.names().get(0);
    if (name.contains(":")) {
      return name;
    }
    return name + (provenance instanceof Provenance.Tf ? ":0" : ":const");
  }

  private String add(TensorData data, String wanted) {
    if (data.dtype() != DType.STRING && data.byteSize() > SMALL) {
      return append(data, wanted);
    }
    return byContent.computeIfAbsent(content(data), key -> append(data, wanted));
  }

  private String append(TensorData data, String wanted) {
    String name = wanted;
    if (NUMBERED.matcher(name).find() || !names.reserve(name)) {
      name = names.numbered(wanted.replaceFirst(":\\d+$", "") + ":const");
    }
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
