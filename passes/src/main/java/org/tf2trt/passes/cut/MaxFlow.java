// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.cut;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Maximum flow by Dinic's algorithm (E. A. Dinic, 1970), with an explicit stack because graphs are
 * deep.
 */
public final class MaxFlow {
  /** The vertex that flow comes from. */
  public static final int SOURCE = 0;

  /** The vertex that flow goes to. */
  public static final int SINK = 1;

  /** An edge that no cut may cross. */
  public static final long INFINITE = Long.MAX_VALUE / 4;

  private int vertices = 2;
  private int edges;
  private int[] to = new int[64];
  private int[] nextEdge = new int[64];
  private long[] capacity = new long[64];
  private int[] firstEdge = new int[64];
  private int[] level;
  private int[] cursor;

  public MaxFlow() {
    Arrays.fill(firstEdge, -1);
  }

  /** A new vertex; its number. */
  public int addVertex() {
    if (vertices == firstEdge.length) {
      int before = firstEdge.length;
      firstEdge = Arrays.copyOf(firstEdge, 2 * before);
      Arrays.fill(firstEdge, before, 2 * before, -1);
    }
    return vertices++;
  }

  /**
   * An edge that costs {@code amount} when {@code from} is on the source's side and the other not.
   */
  public void addEdge(int from, int target, long amount) {
    if (from != target) {
      half(from, target, amount);
      half(target, from, 0);
    }
  }

  private void half(int from, int target, long amount) {
    if (edges == to.length) {
      to = Arrays.copyOf(to, 2 * edges);
      nextEdge = Arrays.copyOf(nextEdge, 2 * edges);
      capacity = Arrays.copyOf(capacity, 2 * edges);
    }
    to[edges] = target;
    capacity[edges] = amount;
    nextEdge[edges] = firstEdge[from];
    firstEdge[from] = edges++;
  }

  /**
   * Which vertices are on the source's side of a minimum cut; of all minimum cuts the one with the
   * largest source side.
   */
  public boolean[] sourceSide() {
    while (levels()) {
      cursor = Arrays.copyOf(firstEdge, vertices);
      augment();
    }
    return complementOfReachingSink();
  }

  private boolean levels() {
    level = new int[vertices];
    Arrays.fill(level, -1);
    level[SOURCE] = 0;
    Deque<Integer> queue = new ArrayDeque<>();
    queue.add(SOURCE);
    while (!queue.isEmpty()) {
      int v = queue.poll();
      for (int e = firstEdge[v]; e >= 0; e = nextEdge[e]) {
        if (capacity[e] > 0 && level[to[e]] < 0) {
          level[to[e]] = level[v] + 1;
          queue.add(to[e]);
        }
      }
    }
    return level[SINK] >= 0;
  }

  /**
   * Depth first along levels; {@code path} holds the edges from the source to the current vertex.
   */
  private void augment() {
    int[] path = new int[vertices];
    int length = 0;
    int at = SOURCE;
    while (true) {
      if (at == SINK) {
        length = push(path, length);
        at = length == 0 ? SOURCE : to[path[length - 1]];
      }
      int e = cursor[at];
      while (e >= 0 && !(capacity[e] > 0 && level[to[e]] == level[at] + 1)) {
        e = nextEdge[e];
      }
      cursor[at] = e;
      if (e >= 0) {
        path[length++] = e;
        at = to[e];
      } else if (length == 0) {
        return;
      } else {
        level[at] = -1; // a dead end
        length--;
        at = to[path[length] ^ 1];
      }
    }
  }

  /**
   * Sends what the path carries; returns how much of the path is left before the first full edge.
   */
  private int push(int[] path, int length) {
    long amount = INFINITE;
    for (int i = 0; i < length; i++) {
      amount = Math.min(amount, capacity[path[i]]);
    }
    int keep = length;
    for (int i = length - 1; i >= 0; i--) {
      capacity[path[i]] -= amount;
      capacity[path[i] ^ 1] += amount;
      if (capacity[path[i]] == 0) {
        keep = i;
      }
    }
    return keep;
  }

  private boolean[] complementOfReachingSink() {
    boolean[] source = new boolean[vertices];
    Arrays.fill(source, true);
    Deque<Integer> queue = new ArrayDeque<>();
    queue.add(SINK);
    source[SINK] = false;
    while (!queue.isEmpty()) {
      int v = queue.poll();
      for (int e = firstEdge[v]; e >= 0; e = nextEdge[e]) {
        if (capacity[e ^ 1] > 0 && source[to[e]]) {
          source[to[e]] = false;
          queue.add(to[e]);
        }
      }
    }
    return source;
  }
}
