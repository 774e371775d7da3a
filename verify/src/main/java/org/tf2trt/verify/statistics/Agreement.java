// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tf2trt.ir.data.TensorData;

/**
 * Whether two runs decide the same: classes of classifiers, masks of segmentations, boxes of
 * detectors. Counts of what does not apply to an output stay 0.
 *
 * @param rows rows of class scores
 * @param top1 rows of equal best class
 * @param top5 rows whose best class is among the other's best five
 * @param disagreements the first rows of another best class
 * @param intersection elements of masks where both name the same class other than 0
 * @param union elements of masks where either names a class other than 0
 * @param boxes boxes of the reference
 * @param matched boxes that overlap one of the other run by half or more
 */
public record Agreement(
    long rows,
    long top1,
    long top5,
    List<String> disagreements,
    long intersection,
    long union,
    long boxes,
    long matched) {
  static final Agreement NONE = new Agreement(0, 0, 0, List.of(), 0, 0, 0, 0);

  private static final int MAX_CLASSES = 100_000;
  private static final int RGB = 3;
  private static final int BEST = 5;
  private static final int LISTED = 100;
  private static final double OVERLAP = 0.5;

  public Agreement {
    disagreements = List.copyOf(disagreements);
  }

  static Agreement of(String name, long call, TensorData actual, TensorData expected) {
    int rank = expected.rank();
    long last = rank == 0 ? 0 : expected.shape()[rank - 1];
    boolean scores = expected.dtype().isFloat();
    if (scores && last == 4 && name.toLowerCase(Locale.ROOT).contains("box")) {
      return boxes(actual.doubles(), expected.doubles());
    }
    if (scores && (rank == 1 || rank == 2) && last >= 2 && last <= MAX_CLASSES) {
      return classes(call, (int) last, actual.doubles(), expected.doubles());
    }
    if (scores && rank == 4 && last >= 2 && last <= 256 && last != RGB) {
      return masks(labels((int) last, actual.doubles()), labels((int) last, expected.doubles()));
    }
    boolean mask = !scores && rank >= 3;
    return mask ? masks(labels(actual), labels(expected)) : NONE;
  }

  private static Agreement classes(long call, int count, double[] actual, double[] expected) {
    int rows = expected.length / count;
    int same = 0;
    int near = 0;
    List<String> listed = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int at = row * count;
      int best = best(expected, at, count);
      int other = best(actual, at, count);
      same += best == other ? 1 : 0;
      int above = 0;
      for (int i = 0; i < count; i++) {
        above += actual[at + i] > actual[at + best] ? 1 : 0;
      }
      near += above < BEST ? 1 : 0;
      if (best != other) {
        listed.add(
            String.format(
                Locale.ROOT,
                "call %d row %d: class %d, expected %d, which is ahead by %.1e there",
                call,
                row,
                other,
                best,
                expected[at + best] - expected[at + other]));
      }
    }
    return new Agreement(rows, same, near, first(listed), 0, 0, 0, 0);
  }

  private static int best(double[] values, int start, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = values[start + i] > values[start + best] ? i : best;
    }
    return best;
  }

  private static int[] labels(int classes, double[] scores) {
    int[] labels = new int[scores.length / classes];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = best(scores, i * classes, classes);
    }
    return labels;
  }

  private static int[] labels(TensorData mask) {
    long[] values = mask.longs();
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) values[i];
    }
    return labels;
  }

  private static Agreement masks(int[] actual, int[] expected) {
    long both = 0;
    long either = 0;
    for (int i = 0; i < expected.length; i++) {
      if (actual[i] != 0 || expected[i] != 0) {
        either++;
        both += actual[i] == expected[i] ? 1 : 0;
      }
    }
    return new Agreement(0, 0, 0, List.of(), both, either, 0, 0);
  }

  private static Agreement boxes(double[] actual, double[] expected) {
    int count = expected.length / 4;
    boolean[] used = new boolean[count];
    int boxes = 0;
    int matched = 0;
    for (int i = 0; i < count; i++) {
      if (area(expected, i) <= 0) {
        continue; // padding behind the last detection
      }
      boxes++;
      int best = -1;
      for (int j = 0; j < count; j++) {
        if (!used[j]
            && overlap(expected, i, actual, j)
                > (best < 0 ? OVERLAP : overlap(expected, i, actual, best))) {
          best = j;
        }
      }
      if (best >= 0) {
        used[best] = true;
        matched++;
      }
    }
    return new Agreement(0, 0, 0, List.of(), 0, 0, boxes, matched);
  }

  private static double area(double[] boxes, int i) {
    return (boxes[4 * i + 2] - boxes[4 * i]) * (boxes[4 * i + 3] - boxes[4 * i + 1]);
  }

  /** Intersection over union of two boxes, each two corners. */
  private static double overlap(double[] a, int i, double[] b, int j) {
    double height = Math.min(a[4 * i + 2], b[4 * j + 2]) - Math.max(a[4 * i], b[4 * j]);
    double width = Math.min(a[4 * i + 3], b[4 * j + 3]) - Math.max(a[4 * i + 1], b[4 * j + 1]);
    double common = Math.max(0, height) * Math.max(0, width);
    double all = area(a, i) + area(b, j) - common;
    return all <= 0 ? 0 : common / all;
  }

  Agreement and(Agreement o) {
    List<String> all = new ArrayList<>(disagreements);
    all.addAll(o.disagreements);
    return new Agreement(
        rows + o.rows,
        top1 + o.top1,
        top5 + o.top5,
        first(all),
        intersection + o.intersection,
        union + o.union,
        boxes + o.boxes,
        matched + o.matched);
  }

  private static List<String> first(List<String> all) {
    return all.subList(0, Math.min(LISTED, all.size()));
  }
}
