// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference.server;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_AllocateTensor;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteTensor;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_Dim;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_NumDims;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TString_Copy;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TString_Dealloc;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TString_GetDataPointer;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TString_GetSize;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TString_Init;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TensorByteSize;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TensorData;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TensorType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.tensorflow.internal.c_api.TF_TString;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.proto.DataType;
import org.tf2trt.frontend.read.proto.DTypes;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;

/** Copies tensors into TensorFlow's memory and out of it, bit for bit. */
final class TfTensors {
  private static final int STRING_BYTES = Pointer.sizeof(TF_TString.class);

  private TfTensors() {}

  /** A tensor that lives until {@link #delete}; it is added to {@code made}. */
  static TF_Tensor allocate(TensorData data, List<TF_Tensor> made) {
    DType dtype = data.dtype();
    int number = DTypes.toProto(dtype).getNumber();
    long[] shape = data.shape();
    boolean text = dtype == DType.STRING;
    long size = text ? data.elements() * STRING_BYTES : data.elements() * dtype.bytes();
    TF_Tensor tensor = TF_AllocateTensor(number, shape, shape.length, size);
    made.add(tensor);
    if (text) {
      int i = 0;
      for (String s : data.strings()) {
        TF_TString at = new TF_TString(TF_TensorData(tensor)).getPointer(i++);
        byte[] bytes = s.getBytes(StandardCharsets.ISO_8859_1);
        TF_TString_Init(at);
        try (BytePointer copy = new BytePointer(bytes)) {
          TF_TString_Copy(at, copy, bytes.length);
        }
      }
    } else if (size > 0) {
      new BytePointer(TF_TensorData(tensor)).capacity(size).asByteBuffer().put(data.bytes());
    }
    return tensor;
  }

  /** Frees a tensor that {@link #allocate} made. */
  static void delete(TF_Tensor tensor) {
    if (TF_TensorType(tensor) == DataType.DT_STRING_VALUE) {
      TF_TString strings = new TF_TString(TF_TensorData(tensor));
      long count = TF_TensorByteSize(tensor) / STRING_BYTES;
      for (long i = 0; i < count; i++) {
        TF_TString_Dealloc(strings.getPointer(i));
      }
    }
    TF_DeleteTensor(tensor);
  }

  /** Copies a result and frees it. */
  static TensorData take(TF_Tensor tensor) {
    try {
      DataType type = DataType.forNumber(TF_TensorType(tensor));
      DType dtype =
          DTypes.find(type)
              .filter(d -> d == DType.STRING || d.bytes() > 0)
              .orElseThrow(() -> new TfException("a result has the element type " + type));
      long[] shape = new long[TF_NumDims(tensor)];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = TF_Dim(tensor, i);
      }
      if (dtype == DType.STRING) {
        return TensorData.ofStrings(shape, strings(tensor));
      }
      int size = Math.toIntExact(TF_TensorByteSize(tensor));
      ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      if (size > 0) {
        bytes.put(new BytePointer(TF_TensorData(tensor)).capacity(size).asByteBuffer()).flip();
      }
      return TensorData.of(dtype, shape, bytes);
    } finally {
      TF_DeleteTensor(tensor);
    }
  }

  private static List<String> strings(TF_Tensor tensor) {
    TF_TString first = new TF_TString(TF_TensorData(tensor));
    long count = TF_TensorByteSize(tensor) / STRING_BYTES;
    List<String> strings = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      TF_TString at = first.getPointer(i);
      byte[] bytes = new byte[Math.toIntExact(TF_TString_GetSize(at))];
      TF_TString_GetDataPointer(at).get(bytes);
      strings.add(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    return strings;
  }
}
