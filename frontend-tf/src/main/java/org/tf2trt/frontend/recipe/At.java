// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * A place in a recipe file, as errors show it: {@code my_ops.txt:4:7}.
 *
 * @param file as the user named it
 * @param line from 1
 * @param column from 1
 */
record At(String file, int line, int column) {
  DiagnosticException error(String message) {
    return error(message, "");
  }

  DiagnosticException error(String message, String nextStep) {
    return DiagnosticException.of(Code.BAD_RECIPE, toString(), message, nextStep);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
