// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Reads and writes {@code .npy} arrays of numbers, bools and strings. Strings hold one byte per
 * char, as {@link TensorData#ofStrings} asks; those of NumPy's {@code U} types become UTF-8.
 */
public final class Npy {
  private static final Charset UTF_32 = Charset.forName("UTF-32LE");

  private Npy() {}

  /** Reads a file; throws {@code BAD_DATA} when it is missing or malformed. */
  public static TensorData read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (IOException e) {
      throw unreadable(file.toString(), e);
    }
  }

  /**
   * Reads one array from a stream; memory grows only with the bytes that are there, whatever the
   * header claims.
   *
   * @param subject what errors call it
   * @throws DiagnosticException {@code BAD_DATA} when the bytes are no such array
   */
  public static TensorData read(InputStream in, String subject) {
    try {
      return elements(NpyHeader.read(in), in);
    } catch (IOException e) {
      throw unreadable(subject, e);
    } catch (ArithmeticException e) {
      throw bad(subject, "its shape is too large");
    } catch (IllegalArgumentException e) {
      throw bad(subject, "not an array this tool reads: " + e.getMessage());
    }
  }

  private static TensorData elements(NpyHeader header, InputStream in) throws IOException {
    NpyType type = header.type();
    DType dtype = type.dtype();
    long size = Math.multiplyExact(header.elements(), type.bytes());
    byte[] bytes = NpyHeader.exactly(in, Math.toIntExact(size));
    if (type.bigEndian()) {
      swap(bytes, type.word());
    }
    long[] shape = header.shape().sizes();
    if (!header.fortran() || shape.length < 2) {
      return tensor(type, dtype, shape, bytes);
    }
    int last = shape.length - 1;
    long[] reversed = new long[shape.length];
    int[] perm = new int[shape.length];
    for (int i = 0; i <= last; i++) {
      reversed[i] = shape[last - i];
      perm[i] = last - i;
    }
    if (type.isText()) {
      throw new IllegalArgumentException("strings in Fortran order");
    }
    return tensor(type, dtype, reversed, bytes).permute(perm);
  }

  private static TensorData tensor(NpyType type, DType dtype, long[] shape, byte[] bytes) {
    return type.isText()
        ? TensorData.ofStrings(shape, strings(type, bytes, elementCount(shape)))
        : TensorData.of(dtype, shape, ByteBuffer.wrap(bytes));
  }

  private static int elementCount(long[] shape) {
    return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
  }

  private static List<String> strings(NpyType type, byte[] bytes, int count) {
    List<String> strings = new ArrayList<>();
    int width = type.bytes();
    for (int i = 0; i < count; i++) {
      byte[] one = Arrays.copyOfRange(bytes, i * width, (i + 1) * width);
      if (type.kind() == 'U') {
        one = new String(one, UTF_32).getBytes(StandardCharsets.UTF_8);
      }
      int length = one.length;
      while (length > 0 && one[length - 1] == 0) { // NumPy pads with zeros and drops them too
        length--;
      }
      strings.add(new String(one, 0, length, StandardCharsets.ISO_8859_1));
    }
    return strings;
  }

  static void swap(byte[] bytes, int word) {
    for (int start = 0; start + word <= bytes.length; start += word) {
      for (int i = 0; i < word / 2; i++) {
        byte b = bytes[start + i];
        bytes[start + i] = bytes[start + word - 1 - i];
        bytes[start + word - 1 - i] = b;
      }
    }
  }

  /** Writes a C-ordered array of format version 1; bfloat16 as its bits, strings as {@code S}. */
  public static void write(TensorData data, OutputStream out) throws IOException {
    if (data.dtype() == DType.STRING) {
      writeStrings(data, out);
      return;
    }
    out.write(NpyHeader.write(NpyType.descr(data.dtype()), data.shape()));
    ByteBuffer bytes = data.bytes();
    byte[] chunk = new byte[Math.min(bytes.remaining(), 1 << 16)];
    while (bytes.hasRemaining()) {
      int n = Math.min(chunk.length, bytes.remaining());
      bytes.get(chunk, 0, n);
      out.write(chunk, 0, n);
    }
  }

  private static void writeStrings(TensorData data, OutputStream out) throws IOException {
    int width = data.strings().stream().mapToInt(String::length).max().orElse(1);
    width = Math.max(width, 1);
    out.write(NpyHeader.write("|S" + width, data.shape()));
    for (String s : data.strings()) {
      out.write(Arrays.copyOf(s.getBytes(StandardCharsets.ISO_8859_1), width));
    }
  }

  static DiagnosticException unreadable(String subject, IOException e) {
    String why =
        e instanceof java.nio.file.NoSuchFileException
            ? "the file does not exist"
            : e instanceof EOFException || e instanceof java.util.zip.ZipException
                ? String.valueOf(e.getMessage())
                : "it cannot be read: " + e.getMessage();
    return bad(subject, why);
  }

  static DiagnosticException bad(String subject, String what) {
    return DiagnosticException.of(
        Code.BAD_DATA, subject, what, "write it again with numpy.save or numpy.savez");
  }
}
