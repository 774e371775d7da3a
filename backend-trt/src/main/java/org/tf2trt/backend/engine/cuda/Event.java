// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.cuda;

import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.global.cudart;

/** A mark on a stream that remembers when the GPU passed it. */
public final class Event implements AutoCloseable {
  private final CUevent_st event = new CUevent_st();
  private boolean open;

  public Event() {
    Cuda.check(cudart.cudaEventCreate(event), "creating an event");
    open = true;
  }

  public void record(Stream stream) {
    Cuda.check(cudart.cudaEventRecord(event, stream.handle()), "recording an event");
  }

  /** Microseconds from {@code earlier} to this; both must have been passed. */
  public double microsecondsSince(Event earlier) {
    float[] milliseconds = new float[1];
    Cuda.check(cudart.cudaEventElapsedTime(milliseconds, earlier.event, event), "reading an event");
    return 1000.0 * milliseconds[0];
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      Cuda.check(cudart.cudaEventDestroy(event), "destroying an event");
    }
  }
}
