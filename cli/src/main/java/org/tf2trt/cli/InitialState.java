// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.npy.Npz;

/** The saved values of variables that are inputs of the model. */
final class InitialState {
  private InitialState() {}

  /** Writes an array for each input of the state, under its name. */
  static void write(List<StateVariable> state, Path file) {
    Map<String, TensorData> arrays = new LinkedHashMap<>();
    state.forEach(s -> s.input().ifPresent(in -> arrays.put(in, s.initial().orElseThrow())));
    try {
      Npz.write(file, arrays);
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          file.toString(),
          "it cannot be written: " + e.getMessage(),
          "choose another place with --initial-state");
    }
  }
}
