// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.plugin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.Stage;
import org.tf2trt.passes.rewrite.Rewrite;
import org.tf2trt.passes.rewrite.Rule;

/** The passes and rules of plugins, and where they go in a pipeline. */
public final class PluginPasses {
  /** No plugins. */
  public static final PluginPasses NONE = new PluginPasses();

  /** Behind everything that fuses, before types are inferred for the last time. */
  private static final Placement LAST = Placement.before("infer-shapes");

  private record Added(Pass pass, String plugin, Placement placement) {}

  private final List<Added> added = new ArrayList<>();

  private PluginPasses() {}

  /** Throws {@code BAD_PLUGIN} when a provider cannot be used. */
  public static PluginPasses of(List<PluginJar> jars) {
    PluginPasses all = new PluginPasses();
    for (PluginJar jar : jars) {
      jar.providers(Pass.class).forEach(p -> all.add(p, jar.name()));
      all.addRules(jar.providers(Rule.class), jar.name());
    }
    return all;
  }

  private void add(Pass pass, String plugin) {
    String name = Foreign.call("pass " + pass.getClass().getName() + " of " + plugin, pass::name);
    if (pass.requires() != pass.ensures()) {
      throw bad(plugin, name, "changes the stage of the graph", "only built-in passes may");
    }
    added.add(new Added(pass, plugin, placement(pass, plugin)));
  }

  private static Placement placement(Object provider, String plugin) {
    return provider instanceof Placed p
        ? Foreign.call(
            "placement of " + provider.getClass().getName() + " of " + plugin, p::placement)
        : LAST;
  }

  /** Rules of one placement make one pass, named after the jar. */
  private void addRules(List<Rule> rules, String plugin) {
    Map<Placement, List<Rule>> byPlace = new LinkedHashMap<>();
    for (Rule r : rules) {
      byPlace
          .computeIfAbsent(placement(r, plugin), p -> new ArrayList<>())
          .add(new ForeignRule(r, plugin));
    }
    String base = "rules-of-" + plugin.replaceFirst("\\.jar$", "");
    byPlace.forEach(
        (place, group) -> {
          String name =
              byPlace.size() == 1 ? base : base + "-" + place.toString().replace(' ', '-');
          added.add(
              new Added(new Rewrite(name, "apply the rules of " + plugin, group), plugin, place));
        });
  }

  /**
   * The pipeline with the plugins' passes in their places, in the order of the command line where
   * several have the same place.
   *
   * @throws DiagnosticException BAD_PLUGIN when a place does not exist or a name is taken
   */
  public List<Pass> place(List<Pass> pipeline) {
    List<Pass> all = new ArrayList<>(pipeline);
    Set<String> names = pipeline.stream().map(Pass::name).collect(Collectors.toSet());
    // Places of passes before any was added; each addition moves those behind it.
    Map<Added, Integer> places = new LinkedHashMap<>();
    for (Added a : added) {
      if (!names.add(a.pass().name())) {
        throw bad(a.plugin(), a.pass().name(), "bears the name of another pass", "rename it");
      }
      places.put(a, index(a, pipeline));
    }
    List<Added> order = new ArrayList<>(added);
    order.sort((a, b) -> places.get(b) - places.get(a));
    // From the last place to the first, and of one place from the last pass to the first.
    for (int from = 0; from < order.size(); ) {
      int at = places.get(order.get(from));
      int to = from;
      while (to < order.size() && places.get(order.get(to)) == at) {
        to++;
      }
      all.addAll(at, order.subList(from, to).stream().map(Added::pass).toList());
      from = to;
    }
    return all;
  }

  private int index(Added a, List<Pass> pipeline) {
    int index = a.placement().index(pipeline);
    if (index < 0) {
      Set<String> names = new LinkedHashSet<>();
      pipeline.forEach(p -> names.add(p.name()));
      throw bad(
          a.plugin(),
          a.pass().name(),
          "goes " + a.placement() + ", which does not exist",
          "the passes are " + String.join(", ", names));
    }
    return index;
  }

  /**
   * The same passes, where those of plugins are verified and blamed for their faults.
   *
   * @param pipeline as it will run
   * @throws DiagnosticException BAD_PLUGIN when a plugin's pass requires another stage than the
   *     graph has there
   */
  public List<Pass> guard(List<Pass> pipeline) {
    List<Pass> guarded = new ArrayList<>();
    Stage stage = Stage.TF;
    for (Pass pass : pipeline) {
      Optional<Added> foreign =
          added.stream().filter(a -> a.pass().name().equals(pass.name())).findFirst();
      if (foreign.isPresent() && pass.requires() != stage) {
        throw bad(
            foreign.get().plugin(),
            pass.name(),
            "requires a graph in stage %s, and stands where it is in stage %s"
                .formatted(pass.requires(), stage),
            pass.requires() == Stage.TF ? "place it before lower-tensor-flow" : "place it later");
      }
      guarded.add(foreign.isPresent() ? new ForeignPass(pass, foreign.get().plugin()) : pass);
      stage = pass.ensures();
    }
    return guarded;
  }

  private static DiagnosticException bad(String plugin, String pass, String what, String next) {
    return DiagnosticException.of(Code.BAD_PLUGIN, "pass " + pass + " of " + plugin, what, next);
  }
}
