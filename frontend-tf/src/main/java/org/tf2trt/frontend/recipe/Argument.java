// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import org.tf2trt.ir.Attr;

/** What a step says of an attribute: a value, the parameter that it is taken from, or a graph. */
sealed interface Argument {
  At at();

  /** {@code axis = 1}. */
  record Given(At at, Attr value) implements Argument {}

  /** {@code axis = @dim}. */
  record Reference(At at, String parameter) implements Argument {}

  /** {@code then_branch = g () => (y) { ... }}. */
  record Graph(At at, Block block) implements Argument {}
}
