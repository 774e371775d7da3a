// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tf2trt.frontend.Selection;
import org.tf2trt.frontend.imports.StateMode;
import org.tf2trt.verify.golden.DescribedTensor;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenFile;
import org.tf2trt.verify.golden.ModelDescription;

/**
 * The conversions that a model folder asks for: the model itself with the goldens made for it, and
 * one for each golden with another signature or cut.
 */
final class DescribedItems {
  private static final String DEFAULT_SIGNATURE = "serving_default";

  private final String name;
  private final ModelDescription model;
  private final Optional<String> signature;

  private DescribedItems(String name, ModelDescription model) {
    this.name = name;
    this.model = model;
    this.signature =
        model
            .signature()
            .or(() -> model.goldens().stream().flatMap(g -> g.signature().stream()).findFirst());
  }

  static List<SweepItem> of(String name, ModelDescription model) {
    return new DescribedItems(name, model).items();
  }

  private List<SweepItem> items() {
    List<GoldenFile> own = model.goldens().stream().filter(this::isOwn).toList();
    boolean refuse = model.refuse() || own.stream().anyMatch(GoldenFile::refuse);
    List<SweepItem> items = new ArrayList<>();
    items.add(item(name, whole(signature), List.of(), own, refuse));
    for (GoldenFile g : model.goldens()) {
      if (!isOwn(g) || asksForUndeclared(g)) {
        Selection selection = g.isCut() ? cut(g) : whole(g.signature());
        List<String> shapes = g.cutInputs().stream().flatMap(t -> pin(t).stream()).toList();
        items.add(item(name + "." + g.stem(), selection, shapes, List.of(g), refuses(g)));
      }
    }
    return items;
  }

  private boolean refuses(GoldenFile golden) {
    return model.refuse() || golden.refuse();
  }

  private boolean isOwn(GoldenFile g) {
    return !g.isCut() && (g.signature().isEmpty() || g.signature().equals(signature));
  }

  /**
   * The model states no signature, and the golden asks for one that is not TensorFlow's default.
   */
  private boolean asksForUndeclared(GoldenFile g) {
    return model.signature().isEmpty()
        && g.signature().filter(s -> !s.equals(DEFAULT_SIGNATURE)).isPresent();
  }

  private SweepItem item(
      String itemName,
      Selection selection,
      List<String> shapes,
      List<GoldenFile> files,
      boolean refuse) {
    return new SweepItem(
        itemName,
        model.model(),
        model.stateful() ? selection.with(StateMode.IO) : selection,
        shapes,
        () -> files.stream().map(GoldenFile::read).flatMap(List<Golden>::stream).toList(),
        model.expectation(),
        refuse,
        Set.of());
  }

  /** Signature keys need no names; tensors of a graph do. */
  private Selection whole(Optional<String> signatureName) {
    return model.savedModel()
        ? new Selection(signatureName, model.tags(), List.of(), List.of())
        : new Selection(Optional.empty(), List.of(), names(model.inputs()), model.outputs());
  }

  private Selection cut(GoldenFile g) {
    List<String> inputs = g.cutInputs().isEmpty() ? names(model.inputs()) : names(g.cutInputs());
    List<String> outputs = g.cutOutputs().isEmpty() ? model.outputs() : g.cutOutputs();
    return new Selection(
        model.savedModel() ? g.signature().or(() -> signature) : Optional.empty(),
        model.tags(),
        inputs,
        outputs);
  }

  private static List<String> names(List<DescribedTensor> tensors) {
    return tensors.stream().map(DescribedTensor::name).toList();
  }

  /** The shape option for a tensor whose rank is stated. */
  private static Optional<String> pin(DescribedTensor t) {
    return Optional.ofNullable(t.shape())
        .map(
            shape ->
                t.name()
                    + "="
                    + shape.stream()
                        .map(d -> d < 0 ? "?" : String.valueOf(d))
                        .collect(Collectors.joining("x")));
  }
}
