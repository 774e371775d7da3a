// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend;

import java.util.List;
import org.tf2trt.frontend.imports.GraphImporter;
import org.tf2trt.frontend.imports.ImportRequest;
import org.tf2trt.frontend.imports.Imported;
import org.tf2trt.frontend.imports.StateRequest;
import org.tf2trt.frontend.read.MetaGraph;
import org.tf2trt.frontend.read.TfModel;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.diag.Diagnostics;

/** From an opened model to the IR in stage TF. */
public final class TensorFlowFrontend {
  private TensorFlowFrontend() {}

  /**
   * Imports the selected part of a model. Public names are signature keys where there is a
   * signature, else tensor names as given, else node names.
   */
  public static Graph load(TfModel model, Selection selection) {
    return load(model, selection, new Diagnostics());
  }

  /**
   * The same.
   *
   * @param warnings gets what the user has to know of the imported part
   */
  public static Graph load(TfModel model, Selection selection, Diagnostics warnings) {
    return imported(model, selection, warnings).graph();
  }

  /**
   * The same, with what became of variables that the model changes.
   *
   * @param warnings gets what the user has to know of the imported part
   */
  public static Imported imported(TfModel model, Selection selection, Diagnostics warnings) {
    MetaGraph graph = Endpoints.graph(model, selection);
    Endpoints endpoints = Endpoints.of(model, selection);
    return GraphImporter.run(
        new ImportRequest(
            name(model),
            graph.graph(),
            graph.functions(),
            endpoints.inputs(),
            endpoints.outputs(),
            graph.variables()::value,
            graph.declaredOps(),
            new StateRequest(selection.state(), stateful(model, selection)),
            selection.values()),
        warnings);
  }

  /** Converts the same part of the model with its state as inputs and outputs. */
  private static String stateful(TfModel model, Selection selection) {
    StringBuilder command = new StringBuilder(command(model, selection, name(model) + ".onnx"));
    option(command, "--inputs", selection.inputs());
    option(command, "--outputs", selection.outputs());
    return command.append(" --variables io").toString();
  }

  /**
   * The command line that converts a model, for messages that propose inputs and outputs to add.
   */
  public static String command(TfModel model, Selection selection, String output) {
    StringBuilder command = new StringBuilder("tf2trt convert ");
    command.append(model.path()).append(" -o ").append(output);
    selection.signature().ifPresent(s -> command.append(" --signature ").append(s));
    option(command, "--tag", selection.tags());
    selection
        .values()
        .forEach((input, value) -> option(command, "--value", List.of(input + "=" + value)));
    return command.toString();
  }

  private static void option(StringBuilder command, String name, List<String> values) {
    if (!values.isEmpty()) {
      command.append(' ').append(name).append(' ').append(String.join(",", values));
    }
  }

  private static String name(TfModel model) {
    return model.path().toAbsolutePath().normalize().getFileName().toString();
  }
}
