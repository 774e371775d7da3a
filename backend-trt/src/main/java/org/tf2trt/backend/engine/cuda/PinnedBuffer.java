// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Page-locked host memory, which the GPU copies from and to without staging; grows on demand. */
public final class PinnedBuffer implements AutoCloseable {
  private static final long LEAST = 64;

  private Pointer memory;
  private long capacity;

  /**
   * Makes it at least this large; contents are lost when it grows.
   *
   * @return true when the address changed
   */
  public boolean ensure(long bytes) {
    if (memory != null && bytes <= capacity) {
      return false;
    }
    close();
    long size = Math.max(LEAST, bytes);
    Pointer fresh = new Pointer();
    Cuda.check(cudart.cudaMallocHost(fresh, size), "pinning " + size + " bytes of host memory");
    memory = fresh;
    capacity = size;
    return true;
  }

  /** Null before the first {@link #ensure}. */
  public Pointer address() {
    return memory;
  }

  public long capacity() {
    return capacity;
  }

  /** The first bytes, little-endian, from position 0; valid until this grows or closes. */
  public ByteBuffer bytes(long count) {
    if (memory == null || count > capacity) {
      throw new IllegalStateException(count + " bytes of " + capacity);
    }
    BytePointer view = new BytePointer(memory).capacity(count);
    ByteBuffer buffer = count == 0 ? ByteBuffer.allocate(0) : view.asByteBuffer();
    return buffer.order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    if (memory != null) {
      Pointer old = memory;
      memory = null;
      capacity = 0;
      Cuda.check(cudart.cudaFreeHost(old), "freeing pinned memory");
    }
  }
}
