// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.tf2trt.backend.engine.natives.NativeObjects;
import org.tf2trt.ir.diag.Diagnostic;

/** A plan in memory that TensorRT owns, and what was said while it was built. */
public final class BuiltEngine implements AutoCloseable {
  private static final int CHUNK = 1 << 26;

  private IHostMemory plan;
  private final BuildNotes notes;

  BuiltEngine(IHostMemory plan, BuildNotes notes) {
    this.plan = plan;
    this.notes = notes;
  }

  /**
   * What else a build gave.
   *
   * @param warnings of TensorRT, addressed to TensorFlow nodes where they name one
   * @param seconds the build took, without bringing up the builder
   * @param timingCache the measured kernels, those that were given included; to be kept for later
   *     builds
   * @param timingCacheGrown by how many bytes: 0 means that nothing had to be measured
   * @param layers of the network before fusion
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and written once
  public record BuildNotes(
      List<Diagnostic> warnings,
      double seconds,
      byte[] timingCache,
      long timingCacheGrown,
      int layers) {
    public BuildNotes {
      warnings = List.copyOf(warnings);
    }
  }

  public BuildNotes notes() {
    return notes;
  }

  /** Size of the plan in bytes. */
  public long size() {
    return open().size();
  }

  /** Writes the plan; the caller makes that atomic. */
  public void writeTo(WritableByteChannel channel) throws IOException {
    Pointer data = data();
    long size = size();
    for (long from = 0; from < size; from += CHUNK) {
      long count = Math.min(CHUNK, size - from);
      ByteBuffer chunk = new BytePointer(data).limit(from + count).position(from).asByteBuffer();
      while (chunk.hasRemaining()) {
        channel.write(chunk);
      }
    }
  }

  Pointer data() {
    return open().data();
  }

  private IHostMemory open() {
    if (plan == null) {
      throw new IllegalStateException("the built engine is closed");
    }
    return plan;
  }

  @Override
  public void close() {
    if (plan != null) {
      IHostMemory old = plan;
      plan = null;
      NativeObjects.delete(old);
    }
  }
}
