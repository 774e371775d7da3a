// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.verify.bisect.Bisection;
import org.tf2trt.verify.bisect.Layer;
import org.tf2trt.verify.bisect.Probe;

/** What is said of the node where the difference begins. */
class DivergenceTest {
  private static final Graph GRAPH =
      Parser.parse(
          """
          graph @g(%c: bool[], %x: f32[2]) {
            %0: f32[2] = onnx.If(%c) body @then() {
              %1: f32[2] = onnx.Neg(%x)
              return t = %1
            } body @else() {
              %2: f32[2] = onnx.Abs(%x)
              return e = %2
            }
            %3: f32[2] = onnx.Relu(%0)
            return y = %3
          }
          """);

  private static Divergence at(int node) {
    Node culprit = GRAPH.nodes().get(node);
    Layer layer = new Layer(new Probe(culprit.result(), "choice:0"), 1, 0);
    return new Divergence(
        List.of(layer), Optional.of(new Bisection(layer, List.of())), Optional.empty());
  }

  private static String text(Divergence divergence) {
    StringWriter out = new StringWriter();
    divergence.print(new PrintWriter(out));
    return out.toString();
  }

  @Test
  void aBranchSaysThatItsBodiesAreNotCompared() {
    assertTrue(
        text(at(0)).startsWith("first TensorFlow node that differs: 'choice' (If here)"),
        text(at(0)));
    assertTrue(text(at(0)).contains("tensors inside its bodies are not compared"), text(at(0)));
    ObjectNode json = JsonFiles.object();
    at(0).put(json);
    assertTrue(json.path("bisection").path("has_bodies").asBoolean());
  }

  @Test
  void otherNodesDoNot() {
    assertTrue(!text(at(1)).contains("bodies"), text(at(1)));
    ObjectNode json = JsonFiles.object();
    at(1).put(json);
    assertEquals("false", json.path("bisection").path("has_bodies").asText());
  }
}
