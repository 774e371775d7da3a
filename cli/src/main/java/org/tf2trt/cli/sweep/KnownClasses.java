// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.tf2trt.cli.json.JsonFiles;

/**
 * The classes that a model's fp32 form names for made-up inputs, kept in a file: they take long to
 * compute on processors, and a machine with a GPU has better things to do.
 */
final class KnownClasses {
  private final Path file;
  private final int samples;
  private List<Integer> known;

  /** Looks into {@code FOLDER/NAME.classes.json}. */
  KnownClasses(Path folder, String name, int samples) {
    this.file = folder.resolve(name + ".classes.json");
    this.samples = samples;
  }

  /** At least as many classes as samples; computed when neither memory nor the file has them. */
  List<Integer> get(Supplier<List<Integer>> compute) {
    if (known == null) {
      known = stored();
    }
    if (known.size() < samples) {
      known = List.copyOf(compute.get());
      ObjectNode root = JsonFiles.object();
      known.forEach(root.putArray("classes")::add);
      JsonFiles.write(root, file);
    }
    return known.subList(0, samples);
  }

  private List<Integer> stored() {
    List<Integer> stored = new ArrayList<>();
    JsonFiles.read(file).ifPresent(n -> n.path("classes").forEach(c -> stored.add(c.asInt())));
    return stored;
  }
}
