// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend;

import org.tf2trt.frontend.imports.GraphImporter;
import org.tf2trt.frontend.imports.ImportRequest;
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
            endpoints.signed(),
            graph.declaredOps()),
        warnings);
  }

  private static String name(TfModel model) {
    return model.path().toAbsolutePath().normalize().getFileName().toString();
  }
}
