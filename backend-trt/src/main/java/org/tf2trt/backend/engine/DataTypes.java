// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import org.bytedeco.tensorrt.global.nvinfer.DataType;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** TensorRT's element types and dimensions in terms of ours. */
final class DataTypes {
  private DataTypes() {}

  /** Refuses fp8, int4 and fp4, which no input or output of a converted model has. */
  static DType of(DataType type, String tensor) {
    return of(type.value, tensor);
  }

  /** The numbers are those of TensorRT's DataType, which do not change. */
  static DType of(int number, String tensor) {
    return switch (number) {
      case 0 -> DType.F32;
      case 1 -> DType.F16;
      case 2 -> DType.I8;
      case 3 -> DType.I32;
      case 4 -> DType.BOOL;
      case 5 -> DType.U8;
      case 7 -> DType.BF16;
      case 8 -> DType.I64;
      default ->
          throw DiagnosticException.of(
              Code.UNSUPPORTED_DTYPE,
              "'" + tensor + "'",
              "TensorRT's element type " + number + " has no counterpart here",
              "build the engine with inputs and outputs of 8 bits or more");
    };
  }

  /** The number of a type in TensorRT's DataType. */
  static DataType of(DType type) {
    return switch (type) {
      case F32 -> DataType.kFLOAT;
      case F16 -> DataType.kHALF;
      case I8 -> DataType.kINT8;
      case I32 -> DataType.kINT32;
      case BOOL -> DataType.kBOOL;
      case U8 -> DataType.kUINT8;
      case BF16 -> DataType.kBF16;
      case I64 -> DataType.kINT64;
      default ->
          throw DiagnosticException.of(
              Code.UNSUPPORTED_DTYPE,
              type.text(),
              "TensorRT has no such element type",
              "convert the data to f32, f16, bf16, i8, u8, i32, i64 or bool");
    };
  }

  /** Extents; -1 where open. */
  static long[] extents(Dims64 dims) {
    long[] extents = new long[Math.max(0, dims.nbDims())];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = dims.d(i);
    }
    return extents;
  }

  static Dims64 dims(long[] extents) {
    Dims64 dims = new Dims64();
    dims.nbDims(extents.length);
    for (int i = 0; i < extents.length; i++) {
      dims.d(i, extents[i]);
    }
    return dims;
  }
}
