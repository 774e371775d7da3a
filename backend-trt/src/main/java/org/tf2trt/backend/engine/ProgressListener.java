// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.tf2trt.backend.engine.natives.MessageLog;

/**
 * Makes progress from what the builder logs. The bindings cannot subclass TensorRT's
 * IProgressMonitor; its log names each layer when its kernels are timed, so that there is one phase
 * with about as many steps as the network has layers, and it cannot be cancelled.
 */
final class ProgressListener implements AutoCloseable, MessageLog.Listener {
  private static final String PHASE = "time kernels";
  private static final Pattern LAYER = Pattern.compile("^=+ Computing costs for (.*)$");

  private final BuildProgress progress;
  private int steps;
  private int done;

  ProgressListener(BuildProgress progress) {
    this.progress = progress;
  }

  void attach(IBuilderConfig config, int layers) {
    if (progress != BuildProgress.NONE && !config.isNull()) {
      steps = Math.max(1, layers);
      progress.started(PHASE, "", steps);
      MessageLog.listen(this);
    }
  }

  void detach(IBuilderConfig config) {
    if (steps > 0 && !config.isNull()) {
      MessageLog.forget(this);
      steps = 0;
      progress.finished(PHASE);
    }
  }

  @Override
  public synchronized void message(MessageLog.Message message) {
    Matcher layer = LAYER.matcher(message.text());
    if (layer.find() && done < steps) {
      boolean unused = progress.step(PHASE, done++);
    }
  }

  @Override
  public void close() {
    if (steps > 0) {
      MessageLog.forget(this);
      steps = 0;
      progress.finished(PHASE);
    }
  }
}
