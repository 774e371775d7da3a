// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.check;

import java.util.Map;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.run.ModelRunner;

/**
 * A runtime that is compared with the reference.
 *
 * @param name for people
 * @param runner closed by whoever opened it
 * @param bounds what it may be off by
 * @param judged whether a difference fails the verification; otherwise it is only shown
 * @param further what is compared beside the outputs
 */
public record Candidate(
    String name, ModelRunner runner, Bounds bounds, boolean judged, Further further) {
  /** One whose outputs are compared and nothing else. */
  public Candidate(String name, ModelRunner runner, Bounds bounds, boolean judged) {
    this(name, runner, bounds, judged, Further.NOTHING);
  }

  /** Tensors of the reference that a candidate gives beside the outputs. */
  public interface Further {
    Further NOTHING = feeds -> Map.of();

    /**
     * Their values, by the names under which the candidate gives its own; asked before each run.
     *
     * @param feeds of the reference
     */
    Map<String, TensorData> expected(Map<String, TensorData> feeds);
  }

  /** What outputs of a type may be off by. */
  public interface Bounds {
    /** The table of {@link Tolerance#of}. */
    Bounds TABLE = (output, dtype) -> Tolerance.of(dtype);

    Tolerance of(String output, DType dtype);
  }
}
