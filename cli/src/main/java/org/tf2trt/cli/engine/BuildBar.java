// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.tf2trt.backend.engine.BuildProgress;

/**
 * One line that says how far a build is, for a person who waits at a terminal. Phases are nested:
 * each step of a phase is worth as much as all steps of the phases below it.
 */
public final class BuildBar implements BuildProgress, AutoCloseable {
  private static final int WIDTH = 30;

  private final PrintWriter err;
  private final Map<String, Phase> open = new LinkedHashMap<>();
  private String shown = "";

  private static final class Phase {
    private final String parent;
    private final int steps;
    private int done;

    Phase(String parent, int steps) {
      this.parent = parent;
      this.steps = steps;
    }
  }

  /**
   * @param err where it is drawn; null for nowhere
   */
  public BuildBar(PrintWriter err) {
    this.err = err;
  }

  @Override
  public synchronized void started(String phase, String parent, int steps) {
    open.put(phase, new Phase(parent, steps));
    draw();
  }

  @Override
  public synchronized boolean step(String phase, int step) {
    Phase p = open.get(phase);
    if (p != null) {
      p.done = step + 1;
    }
    draw();
    return true;
  }

  @Override
  public synchronized void finished(String phase) {
    open.remove(phase);
    draw();
  }

  /** Of the phases without a parent, between 0 and 1. */
  synchronized double share() {
    double least = 1;
    for (Map.Entry<String, Phase> e : open.entrySet()) {
      if (!open.containsKey(e.getValue().parent)) {
        least = Math.min(least, share(e.getKey(), e.getValue()));
      }
    }
    return open.isEmpty() ? 0 : least;
  }

  private double share(String name, Phase phase) {
    if (phase.steps <= 0) {
      return 0;
    }
    double below = 0;
    for (Map.Entry<String, Phase> e : open.entrySet()) {
      if (e.getValue().parent.equals(name) && !e.getKey().equals(name)) {
        below = Math.max(below, share(e.getKey(), e.getValue()));
      }
    }
    return Math.min(1, (phase.done + below) / phase.steps);
  }

  private void draw() {
    if (err == null || open.isEmpty()) {
      return;
    }
    int filled = (int) (WIDTH * share());
    String line =
        String.format(
            Locale.ROOT,
            "building [%s%s] %3.0f %%",
            "#".repeat(filled),
            " ".repeat(WIDTH - filled),
            100 * share());
    if (!line.equals(shown)) {
      err.print("\r\033[K" + line);
      err.flush();
      shown = line;
    }
  }

  @Override
  public synchronized void close() {
    if (!shown.isEmpty()) {
      err.print("\r\033[K");
      err.flush();
      shown = "";
    }
  }
}
