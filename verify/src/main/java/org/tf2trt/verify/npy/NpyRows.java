// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.tf2trt.ir.data.TensorData;

/** An array that is read along its first axis, one element of it in memory at a time. */
public final class NpyRows implements AutoCloseable {
  private final InputStream in;
  private final String subject;
  private final NpyHeader header;
  private final long[] shape;
  private final long rows;
  private final int bytes;
  private long row;

  private NpyRows(InputStream in, String subject, NpyHeader header) {
    this.in = in;
    this.subject = subject;
    this.header = header;
    long[] all = header.shape().sizes();
    if (all.length == 0 || header.fortran() && all.length > 1 || header.type().isText()) {
      throw Npy.bad(
          subject, "only C-ordered arrays of numbers with a first axis are read row by row");
    }
    this.shape = Arrays.copyOfRange(all, 1, all.length);
    this.rows = all[0];
    long size = Arrays.stream(shape).reduce(header.type().bytes(), Math::multiplyExact);
    this.bytes = Math.toIntExact(size);
  }

  /**
   * Reads the header; the stream is closed with this.
   *
   * @param subject what errors call it
   * @throws org.tf2trt.ir.diag.DiagnosticException {@code BAD_DATA}
   */
  public static NpyRows open(InputStream in, String subject) {
    try {
      return new NpyRows(in, subject, NpyHeader.read(in));
    } catch (IOException e) {
      throw Npy.unreadable(subject, e);
    } catch (ArithmeticException e) {
      throw Npy.bad(subject, "its shape is too large");
    } catch (IllegalArgumentException e) {
      throw Npy.bad(subject, "not an array this tool reads: " + e.getMessage());
    }
  }

  public long rows() {
    return rows;
  }

  /** The next row; empty behind the last. */
  public Optional<TensorData> next() {
    if (row == rows) {
      return Optional.empty();
    }
    row++;
    try {
      byte[] data = NpyHeader.exactly(in, bytes);
      if (header.type().bigEndian()) {
        Npy.swap(data, header.type().word());
      }
      return Optional.of(TensorData.of(header.type().dtype(), shape, ByteBuffer.wrap(data)));
    } catch (IOException e) {
      throw Npy.unreadable(subject, e);
    }
  }

  /** Leaves out rows. */
  public void skip(long count) {
    long left = Math.min(count, rows - row);
    try {
      in.skipNBytes(left * bytes);
    } catch (IOException e) {
      throw Npy.unreadable(subject, e);
    }
    row += left;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw Npy.unreadable(subject, e);
    }
  }
}
