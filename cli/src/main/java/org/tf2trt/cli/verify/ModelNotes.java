// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.backend.onnx.OnnxReader;
import org.tf2trt.convert.ModelMetadata;
import org.tf2trt.frontend.imports.StateVariable;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.check.Fit;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.npy.Npz;
import org.tf2trt.verify.run.Port;

/**
 * What a converted model says of itself beside its graph.
 *
 * @param state outputs that the next call takes, by the inputs that take them
 * @param fixed values of the original's inputs that are constants in it
 * @param steps in which outputs are quantised
 */
public record ModelNotes(
    Map<String, String> state, Map<String, String> fixed, Map<String, Double> steps) {
  /** Of a model without state and quantised outputs, or one that is not known. */
  public static final ModelNotes NONE = new ModelNotes(Map.of(), Map.of(), Map.of());

  /** Of an ONNX file that tf2trt wrote; others say nothing. */
  public static ModelNotes of(Path onnx) {
    Map<String, String> metadata = OnnxReader.read(onnx).metadata();
    return new ModelNotes(
        ModelMetadata.state(metadata),
        ModelMetadata.fixed(metadata),
        ModelMetadata.steps(metadata));
  }

  /** Goldens in the order of the calls, and what one call hands to the next. */
  public record Calls(List<Golden> goldens, List<StateVariable> state) {}

  /**
   * How to run goldens: where they feed all of the state themselves, each call stands alone; else
   * each goes on with what the one before left.
   *
   * @param inputs of the model
   * @param initial a file with the first call's state, which else is an input of the first golden
   * @throws DiagnosticException {@code BAD_DATA} when the first call's state is not known
   */
  public Calls calls(List<Golden> goldens, List<Port> inputs, Optional<Path> initial) {
    boolean alone =
        goldens.stream()
            .allMatch(g -> state.keySet().stream().allMatch(s -> given(g, s).isPresent()));
    if (alone) {
      return new Calls(goldens, List.of());
    }
    Map<String, TensorData> saved = initial.map(ModelNotes::read).orElse(Map.of());
    List<StateVariable> variables = new ArrayList<>();
    state.forEach(
        (input, output) -> {
          TensorData value =
              Optional.ofNullable(saved.get(input))
                  .or(() -> given(goldens.get(0), input))
                  .orElseThrow(() -> missing(input, output));
          variables.add(
              new StateVariable(
                  input, Optional.of(input), output, Optional.of(typed(input, value, inputs))));
        });
    List<Golden> sequence = new ArrayList<>();
    goldens.forEach(g -> sequence.add(new Golden(g.inputs(), g.outputs(), !sequence.isEmpty())));
    return new Calls(sequence, variables);
  }

  private static Optional<TensorData> given(Golden golden, String input) {
    return Optional.ofNullable(Fit.find(golden.inputs(), input));
  }

  /** An engine may carry it in a wider type. */
  private static TensorData typed(String input, TensorData value, List<Port> inputs) {
    return inputs.stream()
        .filter(p -> p.name().equals(input))
        .map(p -> Fit.as(p.type().dtype(), value))
        .findFirst()
        .orElse(value);
  }

  private static Map<String, TensorData> read(Path file) {
    Map<String, TensorData> arrays = new LinkedHashMap<>();
    try (Npz npz = Npz.open(file)) {
      npz.names().forEach(n -> arrays.put(n, npz.read(n)));
    }
    return arrays;
  }

  private static DiagnosticException missing(String input, String output) {
    return DiagnosticException.of(
        Code.BAD_DATA,
        "input '" + input + "'",
        "the model keeps state: this takes what the call before gives as '"
            + output
            + "', and nothing says what the first call takes",
        "give --initial-state STATE.npz, which 'tf2trt convert --initial-state STATE.npz' writes, or"
            + " in/"
            + input
            + " in the first golden");
  }
}
