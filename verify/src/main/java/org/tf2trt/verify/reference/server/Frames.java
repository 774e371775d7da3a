// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;

/** What goes over the pipe between the two processes: texts, byte blocks and tensors. */
public final class Frames {
  private static final int CHUNK = 1 << 16;

  private Frames() {}

  /** A text of any length. */
  public static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  public static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  public static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  public static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  public static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeText(out, text);
    }
  }

  public static List<String> readTexts(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(readText(in));
    }
    return texts;
  }

  /** Type, extents, elements. */
  public static void writeTensor(DataOutputStream out, TensorData data) throws IOException {
    writeText(out, data.dtype().name());
    long[] shape = data.shape();
    out.writeInt(shape.length);
    for (long extent : shape) {
      out.writeLong(extent);
    }
    if (data.dtype() == DType.STRING) {
      for (String s : data.strings()) {
        writeBytes(out, s.getBytes(StandardCharsets.ISO_8859_1));
      }
      return;
    }
    ByteBuffer bytes = data.bytes();
    byte[] chunk = new byte[Math.min(bytes.remaining(), CHUNK)];
    while (bytes.hasRemaining()) {
      int count = Math.min(chunk.length, bytes.remaining());
      bytes.get(chunk, 0, count);
      out.write(chunk, 0, count);
    }
  }

  public static TensorData readTensor(DataInputStream in) throws IOException {
    DType dtype = DType.valueOf(readText(in));
    long[] shape = new long[in.readInt()];
    int count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = in.readLong();
      count = Math.multiplyExact(count, Math.toIntExact(shape[i]));
    }
    if (dtype == DType.STRING) {
      List<String> strings = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        strings.add(new String(readBytes(in), StandardCharsets.ISO_8859_1));
      }
      return TensorData.ofStrings(shape, strings);
    }
    byte[] bytes = new byte[Math.multiplyExact(count, dtype.bytes())];
    in.readFully(bytes);
    return TensorData.of(dtype, shape, ByteBuffer.wrap(bytes));
  }
}
