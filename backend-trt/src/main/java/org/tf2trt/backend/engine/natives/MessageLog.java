// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bytedeco.tensorrt.nvinfer.ILogger;

/**
 * The logger of this process, which outlives all objects that TensorRT made with it. Messages go to
 * all recordings that are open, whichever thread they come from.
 */
public final class MessageLog {
  /** How serious TensorRT takes a message. */
  public enum Level {
    INTERNAL_ERROR,
    ERROR,
    WARNING,
    INFO,
    VERBOSE
  }

  /** One message. */
  public record Message(Level level, String text) {
    public boolean isError() {
      return level == Level.ERROR || level == Level.INTERNAL_ERROR;
    }
  }

  /** Hears every message at once; called from threads of TensorRT, must not throw. */
  public interface Listener {
    void message(Message message);
  }

  private static final List<Listener> LISTENERS = new CopyOnWriteArrayList<>();
  private static Native logger;

  private MessageLog() {}

  /** The logger to give to TensorRT; its bindings must be loaded. */
  public static synchronized ILogger logger() {
    if (logger == null) {
      logger = new Native();
    }
    return logger;
  }

  /** Keeps errors and warnings from here until it is closed. */
  public static Recording record() {
    Recording recording = new Recording();
    LISTENERS.add(recording);
    return recording;
  }

  /** Passes all messages to a listener until {@link #forget}. */
  public static void listen(Listener listener) {
    LISTENERS.add(listener);
  }

  public static void forget(Listener listener) {
    LISTENERS.remove(listener);
  }

  static void deliver(Level level, String text) {
    Message message = new Message(level, text);
    for (Listener l : LISTENERS) {
      try {
        l.message(message);
      } catch (RuntimeException e) {
        // It cannot pass through TensorRT, which would end the process; the message is lost.
      }
    }
  }

  /** What was said while it was open. */
  public static final class Recording implements Listener, AutoCloseable {
    private final List<Message> messages = new ArrayList<>();

    @Override
    public synchronized void message(Message message) {
      if (message.level().compareTo(Level.WARNING) <= 0) {
        messages.add(message);
      }
    }

    public synchronized List<Message> messages() {
      return List.copyOf(messages);
    }

    public List<String> errors() {
      return messages().stream().filter(Message::isError).map(Message::text).toList();
    }

    public List<String> warnings() {
      return messages().stream().filter(m -> !m.isError()).map(Message::text).toList();
    }

    @Override
    public void close() {
      LISTENERS.remove(this);
    }
  }

  /** TensorRT's side: a C++ object that calls back. */
  private static final class Native extends ILogger {
    private static final Level[] LEVELS = Level.values();

    @Override
    public void log(Severity severity, String message) {
      int level = Math.max(0, Math.min(severity.value, LEVELS.length - 1));
      deliver(LEVELS[level], message == null ? "" : message.trim());
    }
  }
}
