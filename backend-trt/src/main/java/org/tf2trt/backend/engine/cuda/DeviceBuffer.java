// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.cuda;

import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;

/** GPU memory that grows on demand; its contents are lost when it grows. */
public final class DeviceBuffer implements AutoCloseable {
  /** Also the least size: tensors without elements need an address too. */
  private static final long GRANULE = 256;

  private Pointer memory;
  private long capacity;

  /**
   * Makes it at least this large.
   *
   * @return true when the address changed
   */
  public boolean ensure(long bytes) {
    if (memory != null && bytes <= capacity) {
      return false;
    }
    close();
    long size = Math.max(GRANULE, Math.addExact(bytes, GRANULE - 1) / GRANULE * GRANULE);
    Pointer fresh = new Pointer();
    Cuda.check(cudart.cudaMalloc(fresh, size), "allocating " + size + " bytes of GPU memory");
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

  @Override
  public void close() {
    if (memory != null) {
      Pointer old = memory;
      memory = null;
      capacity = 0;
      Cuda.check(cudart.cudaFree(old), "freeing GPU memory");
    }
  }
}
