// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.tf2trt.frontend.Selection;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.verify.golden.Expectation;
import org.tf2trt.verify.golden.Golden;

/**
 * One conversion and its checks.
 *
 * @param name of the emitted file below the output folder, without .onnx
 * @param model to convert
 * @param selection the part of it
 * @param shapes to pin
 * @param goldens calls to check, read when needed
 * @param expectation what outputs may be off by
 * @param refuse whether it has to be refused
 * @param refusable codes with which it may be refused as well
 */
record SweepItem(
    String name,
    Path model,
    Selection selection,
    List<String> shapes,
    Supplier<List<Golden>> goldens,
    Expectation expectation,
    boolean refuse,
    Set<Code> refusable) {
  SweepItem {
    shapes = List.copyOf(shapes);
  }
}
