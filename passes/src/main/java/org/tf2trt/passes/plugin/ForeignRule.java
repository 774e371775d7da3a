// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.plugin;

import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** A plugin's rule: what it throws is reported as its own. */
final class ForeignRule implements Rule {
  private final Rule rule;
  private final String who;

  ForeignRule(Rule rule, String plugin) {
    this.rule = rule;
    this.who = "rule " + rule.name() + " of " + plugin;
  }

  @Override
  public String name() {
    return rule.name();
  }

  @Override
  public String algebra() {
    return rule.algebra();
  }

  @Override
  public Set<String> roots() {
    return rule.roots();
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    return Foreign.call(who + " at " + node, () -> rule.apply(node, context));
  }
}
