// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.util.Map;
import org.bytedeco.tensorrt.nvinfer.IProgressMonitor;
import org.tf2trt.backend.engine.BuildProgress;

/** TensorRT's IProgressMonitor, passed on to a {@link BuildProgress}. See {@link CppObject}. */
public final class ProgressCallback implements AutoCloseable {
  private static final Map<Long, ProgressCallback> OBJECTS = CppObject.registry();
  private static Functions functions;

  private final CppObject object;
  private final IProgressMonitor monitor;
  private final BuildProgress progress;

  /** The functions of the interface, kept as long as the process lives. */
  private record Functions(
      CppObject.Method<ProgressCallback> language,
      CppObject.Method<ProgressCallback> start,
      CppObject.Method<ProgressCallback> step,
      CppObject.Method<ProgressCallback> finish,
      long info) {}

  public ProgressCallback(BuildProgress progress) {
    this.progress = progress;
    Functions f = functions();
    object =
        new CppObject(
            CppObject.addressOf(f.language()),
            f.info(),
            0,
            0,
            CppObject.addressOf(f.start()),
            CppObject.addressOf(f.step()),
            CppObject.addressOf(f.finish()));
    OBJECTS.put(object.address(), this);
    monitor = new IProgressMonitor(object);
  }

  private static synchronized Functions functions() {
    if (functions == null) {
      functions =
          new Functions(
              new CppObject.Method<>(OBJECTS, (o, a, b, c) -> 0),
              new CppObject.Method<>(
                  OBJECTS, (o, phase, parent, steps) -> o.start(phase, parent, steps)),
              new CppObject.Method<>(OBJECTS, (o, phase, step, c) -> o.step(phase, step)),
              new CppObject.Method<>(OBJECTS, (o, phase, b, c) -> o.finish(phase)),
              CppObject.interfaceInfo("IProgressMonitor"));
    }
    return functions;
  }

  public IProgressMonitor monitor() {
    return monitor;
  }

  private int start(long phase, long parent, long steps) {
    progress.started(CppObject.text(phase), CppObject.text(parent), (int) steps);
    return 0;
  }

  private int step(long phase, long step) {
    return progress.step(CppObject.text(phase), (int) step) ? 1 : 0;
  }

  private int finish(long phase) {
    progress.finished(CppObject.text(phase));
    return 0;
  }

  @Override
  public void close() {
    OBJECTS.remove(object.address());
    object.close();
  }
}
