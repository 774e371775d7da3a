// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.golden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.Port;

/**
 * Reference data for a model whose inputs and outputs have TensorRT's types: narrow integers are
 * fed and compared as wider ones, f64 as f32. Other differences of type stay what they are.
 */
public final class EngineTypes {
  private EngineTypes() {}

  /** The same call with each tensor in the type that the model declares, where that is wider. */
  public static Golden fit(Golden golden, List<Port> inputs, List<Port> outputs) {
    return new Golden(
        fit(golden.inputs(), inputs), fit(golden.outputs(), outputs), golden.continues());
  }

  private static Map<String, TensorData> fit(Map<String, TensorData> tensors, List<Port> ports) {
    Map<String, DType> wanted = new LinkedHashMap<>();
    ports.forEach(p -> wanted.put(bare(p.name()), p.type().dtype()));
    Map<String, TensorData> fitted = new LinkedHashMap<>();
    tensors.forEach((name, data) -> fitted.put(name, carried(data, wanted.get(bare(name)))));
    return fitted;
  }

  private static String bare(String name) {
    return name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
  }

  private static TensorData carried(TensorData data, DType wanted) {
    boolean integers =
        switch (data.dtype()) {
          case I8, I16, U8, U16 -> wanted == DType.I32;
          case U32, U64 -> wanted == DType.I64;
          default -> false;
        };
    boolean floats = data.dtype() == DType.F64 && wanted == DType.F32;
    if (!integers && !floats) {
      return data;
    }
    int count = Math.toIntExact(data.elements());
    var from = data.bytes();
    var to = Elements.allocate(wanted, count);
    for (int i = 0; i < count; i++) {
      if (floats) {
        Elements.putDouble(wanted, to, i, Elements.getDouble(data.dtype(), from, i));
      } else {
        Elements.putLong(wanted, to, i, Elements.getLong(data.dtype(), from, i));
      }
    }
    return TensorData.of(wanted, data.shape(), to);
  }
}
