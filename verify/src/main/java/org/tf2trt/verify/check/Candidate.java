// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.check;

import org.tf2trt.ir.DType;
import org.tf2trt.verify.compare.Tolerance;
import org.tf2trt.verify.run.ModelRunner;

/**
 * A runtime that is compared with the reference.
 *
 * @param name for people
 * @param runner closed by whoever opened it
 * @param bounds what it may be off by
 * @param judged whether a difference fails the verification; otherwise it is only shown
 */
public record Candidate(String name, ModelRunner runner, Bounds bounds, boolean judged) {
  /** What outputs of a type may be off by. */
  public interface Bounds {
    /** The table of {@link Tolerance#of}. */
    Bounds TABLE = (output, dtype) -> Tolerance.of(dtype);

    Tolerance of(String output, DType dtype);
  }
}
