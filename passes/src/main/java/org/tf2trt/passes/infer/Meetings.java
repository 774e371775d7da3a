// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;

/**
 * What a lowering has brought together so far. Where it fails for want of a dim, these are the
 * first dims of inputs that are one, for another try; of a bare graph too, which would be refused.
 */
public final class Meetings {
  private final Set<MeetingDims.Meeting> seen = new LinkedHashSet<>();

  public void note(Node made) {
    seen.addAll(MeetingDims.of(made, true));
  }

  /** The names of first dims of the graph's inputs that others take; empty when none do. */
  public Map<String, Dim> names(Graph graph) {
    Map<String, Dim> same = new LinkedHashMap<>();
    MergeBatches.merge(new ArrayList<>(MergeBatches.open(graph)), List.copyOf(seen), same);
    return same;
  }
}
