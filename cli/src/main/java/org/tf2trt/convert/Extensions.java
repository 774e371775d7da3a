// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.frontend.lower.ForeignLowering;
import org.tf2trt.frontend.lower.Lowering;
import org.tf2trt.frontend.lower.LoweringProvider;
import org.tf2trt.frontend.lower.LoweringTable;
import org.tf2trt.frontend.lower.Lowerings;
import org.tf2trt.frontend.recipe.Recipes;
import org.tf2trt.frontend.recipe.SelfCheck;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.passes.Pass;
import org.tf2trt.passes.plugin.Foreign;
import org.tf2trt.passes.plugin.PluginJar;
import org.tf2trt.passes.plugin.PluginPasses;

/** What users add to a conversion: recipes, and plugins with passes, rules and lowerings. */
public final class Extensions {
  /** The built-in passes and lowerings alone. */
  public static final Extensions NONE = new Extensions(Map.of(), PluginPasses.NONE);

  private final Map<String, Lowering> lowerings;
  private final PluginPasses passes;

  private Extensions(Map<String, Lowering> lowerings, PluginPasses passes) {
    this.lowerings = lowerings;
    this.passes = passes;
  }

  /**
   * Reads recipes, with their self-checks, and loads plugins.
   *
   * @throws DiagnosticException with what is wrong in them
   */
  public static Extensions load(List<Path> recipes, List<Path> plugins) {
    if (recipes.isEmpty() && plugins.isEmpty()) {
      return NONE;
    }
    Map<String, Lowering> lowerings = new LinkedHashMap<>();
    Map<String, String> from = new LinkedHashMap<>();
    Recipes read = Recipes.read(recipes);
    read.checks().forEach(SelfCheck::run);
    for (String op : read.ops()) {
      from.put(op, "the recipe at " + read.place(op));
      lowerings.put(op, new ForeignLowering(from.get(op), read.lowering(op)));
    }
    List<PluginJar> jars = plugins.stream().map(PluginJar::open).toList();
    for (PluginJar jar : jars) {
      for (LoweringProvider provider : jar.providers(LoweringProvider.class)) {
        LoweringTable table = new LoweringTable();
        String who = provider.getClass().getSimpleName() + " of " + jar.name();
        Foreign.call(
            who,
            () -> {
              provider.addTo(table);
              return table;
            });
        for (String op : table.ops()) {
          String other = from.put(op, "the lowering in " + jar.name());
          refuseSecond(op, other, from.get(op));
          lowerings.put(op, new ForeignLowering(from.get(op), table.get(op).orElseThrow()));
        }
      }
    }
    return new Extensions(lowerings, PluginPasses.of(jars));
  }

  private static void refuseSecond(String op, String one, String other) {
    if (one != null) {
      throw DiagnosticException.of(
          Code.BAD_PLUGIN, "op " + op, "both " + one + " and " + other + " lower it", "leave one");
    }
  }

  /** The built-in lowerings, and those added, which go first. */
  public LoweringTable lowerings() {
    LoweringTable table = Lowerings.builtIn();
    table.theme("Custom ops");
    lowerings.forEach(table::override);
    return table;
  }

  /** A pipeline with the plugins' passes in their places. */
  List<Pass> place(List<Pass> pipeline) {
    return passes.place(pipeline);
  }

  /** A pipeline whose plugins' passes are verified and blamed for their faults. */
  List<Pass> guard(List<Pass> pipeline) {
    return passes.guard(pipeline);
  }
}
