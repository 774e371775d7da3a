// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tf2trt.frontend.imports.PublicTensor;
import org.tf2trt.frontend.read.Endpoint;
import org.tf2trt.frontend.read.MetaGraph;
import org.tf2trt.frontend.read.Signature;
import org.tf2trt.frontend.read.TfModel;

/**
 * The tensors that a selection names.
 *
 * @param inputs empty for every placeholder that the outputs need
 * @param outputs at least one
 * @param signed whether a signature declares them
 */
public record Endpoints(List<PublicTensor> inputs, List<PublicTensor> outputs, boolean signed) {
  public Endpoints {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Throws {@code UNKNOWN_TAG} or {@code UNKNOWN_SIGNATURE}. */
  public static Endpoints of(TfModel model, Selection selection) {
    MetaGraph graph = graph(model, selection);
    Optional<Signature> signature = signature(graph, selection);
    List<PublicTensor> inputs =
        endpoints(selection.inputs(), signature.map(Signature::inputs).orElse(List.of()));
    List<PublicTensor> outputs =
        endpoints(selection.outputs(), signature.map(Signature::outputs).orElse(List.of()));
    if (outputs.isEmpty()) {
      outputs = Sinks.of(graph);
    }
    return new Endpoints(inputs, outputs, signature.isPresent());
  }

  static MetaGraph graph(TfModel model, Selection selection) {
    return selection.tags().isEmpty() ? model.metaGraph() : model.metaGraph(selection.tags());
  }

  /** None when both sides are given by tensor names, or the graph has no signatures at all. */
  private static Optional<Signature> signature(MetaGraph graph, Selection selection) {
    if (selection.signature().isPresent()) {
      return Optional.of(graph.signature(selection.signature().get()));
    }
    boolean named = !selection.inputs().isEmpty() && !selection.outputs().isEmpty();
    boolean single =
        graph.signatureNames().contains("serving_default") || graph.signatureNames().size() == 1;
    return graph.signatureNames().isEmpty() || named && !single
        ? Optional.empty()
        : Optional.of(graph.defaultSignature());
  }

  /** Names given are signature keys or tensors; none given are all of the signature's. */
  private static List<PublicTensor> endpoints(List<String> given, List<Endpoint> declared) {
    List<PublicTensor> tensors = new ArrayList<>();
    if (given.isEmpty()) {
      declared.forEach(e -> tensors.add(of(e)));
    }
    for (String name : given) {
      tensors.add(
          declared.stream()
              .filter(e -> e.key().equals(name))
              .findFirst()
              .map(Endpoints::of)
              .orElseGet(() -> new PublicTensor(name, name, Optional.empty())));
    }
    return tensors;
  }

  private static PublicTensor of(Endpoint e) {
    return new PublicTensor(e.key(), e.tensor(), Optional.of(e.type()));
  }
}
