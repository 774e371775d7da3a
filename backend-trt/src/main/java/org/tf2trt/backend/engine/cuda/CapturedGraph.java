// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.cuda;

import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.global.cudart;
import org.tf2trt.ir.diag.DiagnosticException;

/** Work of a stream that was recorded once and is launched as one. */
public final class CapturedGraph implements AutoCloseable {
  private final CUgraphExec_st exec = new CUgraphExec_st();
  private boolean open;

  private CapturedGraph(CUgraph_st graph) {
    Cuda.check(cudart.cudaGraphInstantiate(exec, graph, 0), "instantiating a graph");
    open = true;
  }

  /**
   * Records what {@code work} puts on the stream.
   *
   * @throws DiagnosticException where something of it cannot be recorded; the stream is usable then
   */
  public static CapturedGraph capture(Stream stream, Runnable work) {
    stream.beginCapture();
    try {
      work.run();
    } catch (DiagnosticException e) {
      abandon(stream);
      throw e;
    }
    CUgraph_st graph = stream.endCapture();
    try {
      return new CapturedGraph(graph);
    } finally {
      int unused = cudart.cudaGraphDestroy(graph);
    }
  }

  private static void abandon(Stream stream) {
    try {
      int unused = cudart.cudaGraphDestroy(stream.endCapture());
    } catch (DiagnosticException alreadyInvalid) {
      // Ending a capture that failed reports the failure again.
    }
  }

  public void launch(Stream stream) {
    Cuda.check(cudart.cudaGraphLaunch(exec, stream.handle()), "launching a graph");
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      Cuda.check(cudart.cudaGraphExecDestroy(exec), "destroying a graph");
    }
  }
}
