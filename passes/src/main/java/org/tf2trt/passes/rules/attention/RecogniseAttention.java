// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.rules.attention;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;
import org.tf2trt.passes.facts.Producers;
import org.tf2trt.passes.rewrite.Rule;
import org.tf2trt.passes.rewrite.RuleContext;

/**
 * Scaled dot-product attention as the op that opset 23 has for it. Heads are the second axis of
 * queries, keys and values (products of matrices), or the third one (Einsum), where the op takes
 * them side by side in the last axis.
 */
public final class RecogniseAttention implements Rule {
  /** The opset that brought the op. */
  public static final int OPSET = 23;

  @Override
  public String algebra() {
    return "MatMul(Softmax(MatMul(q, Transpose(k)) * s + mask), v) -> Attention(q, k, v, mask)";
  }

  @Override
  public Set<String> roots() {
    return Set.of("onnx.MatMul", "onnx.Einsum");
  }

  @Override
  public Outcome apply(Node node, RuleContext context) {
    if (context.opset() < OPSET) {
      return Outcome.decline("opset " + context.opset() + " has no Attention");
    }
    Optional<Heads> heads = Heads.ofContext(node);
    if (heads.isEmpty()) {
      return Outcome.decline("it is no product of weights and values");
    }
    Optional<Node> softmax = Producers.sole(heads.get().weights(node), node, "onnx.Softmax");
    if (softmax.isEmpty() || !isAlongKeys(softmax.get())) {
      return Outcome.decline("its weights are no softmax along the keys, read here alone");
    }
    Optional<Scores> scores = Scores.of(softmax.get(), heads.get());
    if (scores.isEmpty()) {
      return Outcome.decline("what the softmax reads are no scores of queries and keys");
    }
    if (node.result(0).dtype() != DType.F32) {
      return Outcome.decline("it computes in " + node.result(0).dtype().text());
    }
    if (!heads.get().isCounted(scores.get().queries())) {
      return Outcome.decline("the number of heads is not known");
    }
    if (!heads.get().areBatched(scores.get().queries(), heads.get().values(node))) {
      return Outcome.decline("batches or heads of the values are broadcast");
    }
    List<Node> matched = new ArrayList<>(List.of(softmax.get()));
    matched.addAll(scores.get().matched());
    return Outcome.replace(build(node, heads.get(), scores.get(), context.build(matched)));
  }

  private static boolean isAlongKeys(Node softmax) {
    long axis = softmax.intAttr("axis", -1);
    return axis == -1 || axis == 3;
  }

  private static Value build(Node node, Heads heads, Scores scores, OnnxBuilder b) {
    List<Value> inputs =
        new ArrayList<>(List.of(scores.queries(), scores.keys(), heads.values(node)));
    Map<String, Attr> attrs = new LinkedHashMap<>();
    attrs.put("scale", Attr.of(scores.scale()));
    scores.mask(b, node).ifPresent(inputs::add);
    return heads.attention(b, inputs, attrs);
  }
}
