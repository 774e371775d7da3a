// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.DType;

/** Element types by their names in ONNX's text syntax and by their numbers in TensorProto. */
final class ElementNames {
  private static final Map<String, DType> BY_NAME = new LinkedHashMap<>();
  private static final Map<Long, DType> BY_NUMBER = new LinkedHashMap<>();

  static {
    add(1, "float", DType.F32);
    add(2, "uint8", DType.U8);
    add(3, "int8", DType.I8);
    add(4, "uint16", DType.U16);
    add(5, "int16", DType.I16);
    add(6, "int32", DType.I32);
    add(7, "int64", DType.I64);
    add(8, "string", DType.STRING);
    add(9, "bool", DType.BOOL);
    add(10, "float16", DType.F16);
    add(11, "double", DType.F64);
    add(12, "uint32", DType.U32);
    add(13, "uint64", DType.U64);
    add(16, "bfloat16", DType.BF16);
  }

  private ElementNames() {}

  private static void add(long number, String name, DType dtype) {
    BY_NAME.put(name, dtype);
    BY_NUMBER.put(number, dtype);
  }

  static Optional<DType> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  static Optional<DType> numbered(long number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }
}
