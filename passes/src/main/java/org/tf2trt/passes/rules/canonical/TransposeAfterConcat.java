// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.canonical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Perms;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/** What is transposed alike is joined first: one transpose instead of several. */
public final class TransposeAfterConcat implements Rule {
  @Override
  public String algebra() {
    return "Concat(Transpose(x, p), Transpose(y, p)) -> Transpose(Concat(x, y), p), if nothing else reads them";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.Concat");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (node.inputs().size() < 2) {
      return Outcome.decline("it joins nothing");
    }
    List<Node> transposes = new ArrayList<>();
    for (Value v : node.inputs()) {
      Producers.sole(v, node, "onnx.Transpose").ifPresent(transposes::add);
    }
    if (transposes.size() != node.inputs().size()) {
      return Outcome.decline("not every input is a transpose read only here");
    }
    Optional<int[]> perm = Perms.of(transposes.get(0));
    for (Node t : transposes) {
      if (perm.isEmpty() || !Perms.of(t).filter(p -> Arrays.equals(p, perm.get())).isPresent()) {
        return Outcome.decline("the inputs are transposed in different ways");
      }
    }
    int[] p = perm.get();
    OnnxBuilder b = context.build(transposes);
    int axis = p[(int) Math.floorMod(node.intAttr("axis", 0), (long) p.length)];
    Value[] parts = transposes.stream().map(t -> t.input(0)).toArray(Value[]::new);
    return Outcome.replace(b.transpose(b.concat(axis, parts), p));
  }
}
