// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;
import org.tf2trt.backend.engine.cuda.DeviceBuffer;
import org.tf2trt.backend.engine.cuda.PinnedBuffer;
import org.tf2trt.backend.engine.cuda.Stream;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * The memory of one input or output: pinned on the host, and on the GPU unless it is a host one.
 */
final class Slot implements AutoCloseable {
  private final Binding binding;
  private final PinnedBuffer pinned = new PinnedBuffer();
  private final DeviceBuffer device = new DeviceBuffer();
  private long[] extents = {};
  private long attached;
  private byte[] shapeValues = {};
  private ShapeListener listener;

  Slot(Binding binding) {
    this.binding = binding;
  }

  Binding binding() {
    return binding;
  }

  private boolean onHost() {
    return binding.location() == Binding.Location.HOST;
  }

  /** Extents; -1 where data decides and no run has. */
  long[] extents() {
    return extents.clone();
  }

  /** False for an output whose extents a run decides. */
  boolean isKnown() {
    return listener == null;
  }

  private long bytes() {
    long count = 1;
    for (long e : extents) {
      count = Math.multiplyExact(count, e);
    }
    return Math.multiplyExact(count, binding.dtype().bytes());
  }

  /** Sets the extents of an input; true when they changed. */
  boolean shape(long[] shape) {
    boolean changed = !Arrays.equals(extents, shape);
    extents = shape.clone();
    reserve(bytes());
    return changed;
  }

  /** Sets the extents of an output, as far as TensorRT knows them. */
  boolean shape(long[] shape, IExecutionContext context) {
    if (Arrays.stream(shape).allMatch(e -> e >= 0)) {
      return shape(shape);
    }
    extents = shape.clone();
    long most = context.getMaxOutputSize(binding.name());
    if (most < 0) {
      throw DiagnosticException.of(
          Code.GPU_FAILED,
          "output '" + binding.name() + "'",
          "TensorRT knows no bound for its size",
          "");
    }
    reserve(most);
    if (listener == null) {
      listener = new ShapeListener(binding.name(), context);
    }
    listener.memory(onHost() ? pinned.address() : device.address());
    return true;
  }

  private void reserve(long bytes) {
    // The pinned part is kept when it is large enough, and with it what was written.
    boolean unused = pinned.ensure(bytes);
    if (!onHost()) {
      unused = device.ensure(bytes);
    }
  }

  /** Tells TensorRT the address; true when it changed. */
  boolean attach(IExecutionContext context) {
    var address = onHost() ? pinned.address() : device.address();
    if (address.address() == attached) {
      return false;
    }
    if (!context.setTensorAddress(binding.name(), address)) {
      throw DiagnosticException.of(
          Code.GPU_FAILED, "'" + binding.name() + "'", "TensorRT refuses its address", "");
    }
    attached = address.address();
    return true;
  }

  /** Takes the extents that the last run gave. */
  void learnShape(IExecutionContext context) {
    if (listener != null) {
      extents = listener.shape(context);
    }
  }

  /**
   * Puts data where {@link #upload} takes it from. TensorRT reads values that shapes depend on when
   * it is told their address and keeps what follows from them, also when they change in place: so
   * it is told again.
   */
  void write(TensorData data) {
    boolean unused = pinned.ensure(data.byteSize());
    pinned.bytes(data.byteSize()).put(data.bytes());
    if (binding.shapeValues()) {
      byte[] values = new byte[Math.toIntExact(data.byteSize())];
      data.bytes().get(values);
      if (!Arrays.equals(values, shapeValues)) {
        shapeValues = values;
        attached = 0;
      }
    }
  }

  void upload(Stream stream) {
    if (!onHost()) {
      stream.upload(device, pinned, bytes());
    }
  }

  void download(Stream stream) {
    if (!onHost() && Arrays.stream(extents).allMatch(e -> e >= 0)) {
      stream.download(pinned, device, bytes());
    }
  }

  TensorData read() {
    ByteBuffer copy = Elements.allocate(binding.dtype(), bytes() / binding.dtype().bytes());
    copy.put(pinned.bytes(bytes())).flip();
    return TensorData.of(binding.dtype(), extents, copy);
  }

  long deviceBytes() {
    return device.capacity();
  }

  long pinnedBytes() {
    return pinned.capacity();
  }

  @Override
  public void close() {
    pinned.close();
    device.close();
    if (listener != null) {
      listener.close();
    }
  }
}
