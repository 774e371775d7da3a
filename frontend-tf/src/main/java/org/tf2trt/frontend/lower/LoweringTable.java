// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Lowerings by TensorFlow op; each theme adds its own. */
public final class LoweringTable {
  private final Map<String, Lowering> table = new LinkedHashMap<>();
  private final Map<String, ComplexLowering> complex = new LinkedHashMap<>();
  private final Map<String, Set<String>> themes = new LinkedHashMap<>();
  private Set<String> theme = new TreeSet<>();

  /** Lists what is added from here on under this title. */
  public void theme(String title) {
    theme = themes.computeIfAbsent(title, t -> new TreeSet<>());
  }

  /** Refuses a second lowering for an op. */
  public void add(String op, Lowering lowering) {
    if (table.putIfAbsent(op, lowering) != null) {
      throw new IllegalArgumentException(op + " has a lowering already");
    }
    theme.add(op);
  }

  /** For ops with one output. */
  public void one(String op, Lowering.Single lowering) {
    add(op, lowering.asLowering());
  }

  /** For nodes with complex inputs or results; beside the lowering for real ones, if any. */
  void complex(String op, ComplexLowering lowering) {
    if (complex.putIfAbsent(op, lowering) != null) {
      throw new IllegalArgumentException(op + " has a lowering for complex numbers already");
    }
    if (!table.containsKey(op)) {
      theme.add(op);
    }
  }

  /** Puts a lowering in the place of those that the op may have. */
  public void override(String op, Lowering lowering) {
    complex.remove(op);
    if (table.put(op, lowering) == null) {
      theme.add(op);
    }
  }

  Optional<ComplexLowering> getComplex(String op) {
    return Optional.ofNullable(complex.get(op));
  }

  public Optional<Lowering> get(String op) {
    return Optional.ofNullable(table.get(op));
  }

  /** All ops that have a lowering, sorted. */
  public Set<String> ops() {
    Set<String> all = new TreeSet<>(table.keySet());
    all.addAll(complex.keySet());
    return all;
  }

  /** The ops that have a lowering, sorted, under the titles of their themes. */
  public Map<String, Set<String>> themes() {
    return Collections.unmodifiableMap(themes);
  }
}
