// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.precision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.tf2trt.ir.Node;

/**
 * Finds nodes to keep in float32 so that the outputs stay within a bound. The nodes are cut into
 * runs that follow each other in the graph; the error of each run alone is measured, and the worst
 * are halved again and again. The runs that cost most accuracy for each node become islands, as
 * many as it takes.
 */
public final class IslandSearch {
  /** Measures a choice of low nodes. */
  public interface Trial {
    /** On all samples. */
    Deviation of(Set<Node> low);

    /** On the sample that deviated most when all were measured last. */
    Deviation onWorst(Set<Node> low);
  }

  /**
   * What was found.
   *
   * @param islands nodes that stay float32 for the sake of accuracy
   * @param low the nodes to make low
   * @param deviation with these
   * @param trials how many choices were measured
   */
  public record Found(Set<Node> islands, Set<Node> low, Deviation deviation, int trials) {}

  private static final int FIRST_RUNS = 8;

  private record Run(List<Node> nodes, double energy) {
    double perNode() {
      return energy / nodes.size();
    }
  }

  private final PrecisionPlan plan;
  private final Trial trial;
  private final double bound;
  private final double aim;
  private final int limit;
  private int trials;

  private IslandSearch(PrecisionPlan plan, Trial trial, double bound, double aim, int limit) {
    this.plan = plan;
    this.trial = trial;
    this.bound = bound;
    this.aim = aim;
    this.limit = limit;
  }

  /**
   * Searches.
   *
   * @param bound of {@link Deviation#worst()}: without islands it is enough to be within it
   * @param aim what islands have to reach. Where they are needed, errors are amplified, and a
   *     runtime that rounds elsewhere has another error of the same size
   * @param limit how many choices may be measured to rank the nodes
   */
  public static Found search(PrecisionPlan plan, Trial trial, double bound, double aim, int limit) {
    return new IslandSearch(plan, trial, bound, aim, limit).run();
  }

  private Found run() {
    Found all = found(Set.of());
    if (all.deviation().worst() <= bound || all.low().isEmpty()) {
      return all;
    }
    List<Node> ranked = new ArrayList<>();
    ranked(List.copyOf(all.low())).forEach(r -> ranked.addAll(r.nodes()));
    // The shortest prefix that is enough; with all of them nothing is low.
    int tooFew = 0;
    int enough = ranked.size();
    Found best = null;
    while (enough - tooFew > 1) {
      int half = (tooFew + enough) >>> 1;
      Found some = found(islands(ranked, half));
      if (isWithin(some)) {
        enough = half;
        best = some;
      } else {
        tooFew = half;
      }
    }
    return best == null ? found(islands(ranked, enough)) : best;
  }

  private boolean isWithin(Found f) {
    return f.deviation().worst() <= aim;
  }

  private Found found(Set<Node> islands) {
    Set<Node> low = plan.solve(islands);
    trials++;
    return new Found(islands, low, trial.of(low), trials);
  }

  private static Set<Node> islands(List<Node> ranked, int count) {
    return new LinkedHashSet<>(ranked.subList(0, count));
  }

  /** Runs of nodes, those that cost most accuracy for each node first. */
  private List<Run> ranked(List<Node> nodes) {
    PriorityQueue<Run> open =
        new PriorityQueue<>(Comparator.comparingDouble(Run::energy).reversed());
    List<Run> single = new ArrayList<>();
    int pieces = Math.min(FIRST_RUNS, nodes.size());
    for (int i = 0; i < pieces; i++) {
      open.add(measured(nodes.subList(nodes.size() * i / pieces, nodes.size() * (i + 1) / pieces)));
    }
    while (!open.isEmpty() && trials + 2 <= limit) {
      Run worst = open.poll();
      int size = worst.nodes().size();
      if (size == 1) {
        single.add(worst);
      } else {
        open.add(measured(worst.nodes().subList(0, size / 2)));
        open.add(measured(worst.nodes().subList(size / 2, size)));
      }
    }
    single.addAll(open);
    single.sort(Comparator.comparingDouble(Run::perNode).reversed());
    return single;
  }

  private Run measured(List<Node> nodes) {
    trials++;
    double energy = trial.onWorst(new LinkedHashSet<>(nodes)).energy();
    return new Run(nodes, Double.isNaN(energy) ? Double.POSITIVE_INFINITY : energy);
  }
}
