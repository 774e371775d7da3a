// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.frontend.imports.StateMode;

/**
 * Which part of a model to convert.
 *
 * @param signature a signature's name; empty for the default one
 * @param tags of the graph; empty for the default one
 * @param inputs signature keys or tensor names; empty for the signature's inputs, or for every
 *     placeholder that the outputs need
 * @param outputs signature keys or tensor names; empty for the signature's outputs, or for every
 *     tensor that nothing reads
 * @param state whether variables that the graph changes are inputs and outputs too
 * @param values of inputs that are to be constants, by their names: elements with commas between
 *     them
 */
public record Selection(
    Optional<String> signature,
    List<String> tags,
    List<String> inputs,
    List<String> outputs,
    StateMode state,
    Map<String, String> values) {
  /** The default signature of the default graph, whole. */
  public static final Selection DEFAULT =
      new Selection(Optional.empty(), List.of(), List.of(), List.of());

  public Selection {
    tags = List.copyOf(tags);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    values = new LinkedHashMap<>(values);
  }

  /** Every call as the first. */
  public Selection(
      Optional<String> signature, List<String> tags, List<String> inputs, List<String> outputs) {
    this(signature, tags, inputs, outputs, StateMode.FIXED, Map.of());
  }

  /** The same part with another treatment of variables that it changes. */
  public Selection with(StateMode newState) {
    return new Selection(signature, tags, inputs, outputs, newState, values);
  }

  /** The same part with other constants in the place of inputs. */
  public Selection with(Map<String, String> newValues) {
    return new Selection(signature, tags, inputs, outputs, state, newValues);
  }
}
