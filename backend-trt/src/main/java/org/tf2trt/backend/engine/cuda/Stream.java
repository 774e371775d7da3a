// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.cuda;

import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;

/** A queue of work of the GPU, independent of the default stream. */
public final class Stream implements AutoCloseable {
  private final CUstream_st stream = new CUstream_st();
  private boolean open;

  public Stream() {
    Cuda.check(
        cudart.cudaStreamCreateWithFlags(stream, cudart.cudaStreamNonBlocking),
        "creating a stream");
    open = true;
  }

  public CUstream_st handle() {
    return stream;
  }

  /** Waits until all work is done. */
  public void synchronize() {
    Cuda.check(cudart.cudaStreamSynchronize(stream), "running on the GPU");
  }

  public void upload(DeviceBuffer to, PinnedBuffer from, long bytes) {
    copy(to.address(), from.address(), bytes, cudart.cudaMemcpyHostToDevice);
  }

  public void download(PinnedBuffer to, DeviceBuffer from, long bytes) {
    copy(to.address(), from.address(), bytes, cudart.cudaMemcpyDeviceToHost);
  }

  private void copy(Pointer to, Pointer from, long bytes, int kind) {
    if (bytes > 0) {
      Cuda.check(cudart.cudaMemcpyAsync(to, from, bytes, kind, stream), "copying " + bytes);
    }
  }

  /** From here until {@link #endCapture} work is recorded instead of run. */
  void beginCapture() {
    Cuda.check(
        cudart.cudaStreamBeginCapture(stream, cudart.cudaStreamCaptureModeThreadLocal),
        "beginning to capture a graph");
  }

  /** The recorded graph; throws where something cannot be recorded. */
  CUgraph_st endCapture() {
    CUgraph_st graph = new CUgraph_st();
    Cuda.check(cudart.cudaStreamEndCapture(stream, graph), "capturing a graph");
    return graph;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      Cuda.check(cudart.cudaStreamDestroy(stream), "destroying a stream");
    }
  }
}
