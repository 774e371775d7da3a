// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.Optional;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;

/**
 * A declared input or output.
 *
 * @param type when it is declared; known dims are asked for, names of dims only count them
 */
record Port(At at, String name, Optional<TensorType> type) {
  /** Whether a value contradicts the declared type. */
  boolean refuses(Value value) {
    return type.isPresent()
        && (!value.isPresent() || !fits(type.get(), value.type(), type.get().shape().isRanked()));
  }

  private static boolean fits(TensorType declared, TensorType given, boolean ranked) {
    if (declared.dtype() != given.dtype()) {
      return false;
    }
    if (!ranked || !given.shape().isRanked()) {
      return true;
    }
    if (declared.shape().rank() != given.shape().rank()) {
      return false;
    }
    for (int i = 0; i < declared.shape().rank(); i++) {
      Dim want = declared.shape().dims().get(i);
      Dim have = given.shape().dims().get(i);
      if (want.isKnown() && have.isKnown() && want.size() != have.size()) {
        return false;
      }
    }
    return true;
  }
}
