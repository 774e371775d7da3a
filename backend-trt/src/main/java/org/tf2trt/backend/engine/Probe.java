// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.List;
import java.util.Optional;
import org.tf2trt.ir.diag.Diagnostic;

/**
 * What this machine has of that which engines need, in the order in which it is needed. Made by
 * {@link TensorRt#probe()}, which never throws.
 */
public record Probe(List<Item> items) {
  public Probe {
    items = List.copyOf(items);
  }

  /** True when engines can be built and run here. */
  public boolean usable() {
    return items.stream().allMatch(i -> i.state() == State.OK);
  }

  /** What is missing, with the next step each. */
  public List<Diagnostic> problems() {
    return items.stream().flatMap(i -> i.problem().stream()).toList();
  }

  /**
   * One thing that is needed.
   *
   * @param name {@code bindings}, {@code driver}, {@code CUDA runtime}, {@code GPU}, {@code
   *     TensorRT}, {@code ONNX parser}, {@code builder}
   * @param detail the version or the place; for what is missing a short reason
   * @param problem present exactly when it is {@link State#MISSING}
   */
  public record Item(String name, State state, String detail, Optional<Diagnostic> problem) {
    static Item ok(String name, String detail) {
      return new Item(name, State.OK, detail, Optional.empty());
    }

    static Item missing(String name, Diagnostic problem) {
      return new Item(name, State.MISSING, problem.message(), Optional.of(problem));
    }

    static Item unknown(String name, String why) {
      return new Item(name, State.UNKNOWN, why, Optional.empty());
    }
  }

  /** What is known about an item; UNKNOWN where an earlier one is missing. */
  public enum State {
    OK,
    MISSING,
    UNKNOWN
  }
}
