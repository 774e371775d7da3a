// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.tf2trt.ir.check.Verifier;
import org.tf2trt.ir.text.Printer;

/** A refused edit leaves the graph as it was. */
class RefusedEditsTest {
  private static final TensorType TYPE = TensorType.of(DType.F32, 2);

  private final Graph graph = new Graph("g");
  private final Value x = graph.addParam("x", TYPE);
  private final Node a = graph.append(spec(List.of(x)));
  private final Node b = graph.append(spec(List.of(a.result())));
  private final Graph other = new Graph("other");
  private final Node foreign = other.append(spec(List.of()));
  private final String before;

  RefusedEditsTest() {
    graph.addOutput("y", b.result());
    before = Printer.print(graph);
  }

  @AfterEach
  void nothingChanged() {
    assertEquals(before, Printer.print(graph));
    assertEquals(List.of(), Verifier.verify(graph));
    assertEquals(List.of(), Verifier.verify(other));
    assertEquals(1, other.size());
  }

  @Test
  void eraseOfAUsedNode() {
    String message = refused(IllegalStateException.class, a::erase);
    assertTrue(message.contains("replaceAllUsesWith"), message);
  }

  @Test
  void eraseTwice() {
    Node dead = graph.append(spec(List.of(x)));
    dead.erase();
    refused(IllegalStateException.class, dead::erase);
    refused(IllegalStateException.class, () -> dead.setInput(0, x));
    refused(IllegalArgumentException.class, () -> graph.moveBefore(dead, a));
    refused(IllegalArgumentException.class, () -> graph.moveBefore(a, dead));
    refused(IllegalArgumentException.class, () -> graph.insertBefore(dead, spec(List.of(x))));
  }

  @Test
  void nodesOfAnotherGraph() {
    refused(IllegalArgumentException.class, () -> graph.insertBefore(foreign, spec(List.of(x))));
    refused(IllegalArgumentException.class, () -> graph.moveBefore(foreign, a));
    refused(IllegalArgumentException.class, () -> graph.moveBefore(a, foreign));
    refused(IllegalArgumentException.class, () -> graph.moveBefore(a, a));
  }

  @Test
  void parametersOfAnotherGraph() {
    Value.Param theirs = new Graph("third").addParam("x", TYPE);
    refused(IllegalArgumentException.class, () -> graph.replaceParam(theirs, TYPE));
    refused(IllegalArgumentException.class, () -> graph.removeParam(theirs));
  }

  @Test
  void removalOfAParameterThatIsRead() {
    Value.Param read = graph.params().get(0);
    String message = refused(IllegalStateException.class, () -> graph.removeParam(read));
    assertTrue(message.contains("replaceAllUsesWith"), message);
  }

  @Test
  void nullsAndIndexesOutOfRange() {
    refused(NullPointerException.class, () -> a.setInput(0, null));
    refused(NullPointerException.class, () -> graph.setOutput(0, null));
    refused(NullPointerException.class, () -> graph.addOutput("z", null));
    refused(NullPointerException.class, () -> graph.addOutput(null, x));
    refused(NullPointerException.class, () -> x.replaceAllUsesWith(null));
    refused(IndexOutOfBoundsException.class, () -> a.setInput(1, x));
    refused(IndexOutOfBoundsException.class, () -> graph.setOutput(1, x));
  }

  @Test
  void replacementByItself() {
    refused(IllegalArgumentException.class, () -> x.replaceAllUsesWith(x));
  }

  @Test
  void bodiesOfAnotherNode() {
    Graph body = new Graph("body");
    Graph taken = new Graph("taken");
    Node owner = graph.append(withBodies(taken));
    refused(IllegalStateException.class, () -> graph.append(withBodies(body, taken)));
    refused(IllegalStateException.class, () -> graph.append(withBodies(body, body)));
    refused(IllegalStateException.class, () -> taken.append(withBodies(graph)));
    assertTrue(body.owner().isEmpty());
    assertEquals(owner, taken.owner().orElseThrow());
    assertEquals(2, x.useCount());
    owner.erase();
  }

  @Test
  void nodesWithoutDialectAndConstantsOfAnotherShape() {
    refused(
        IllegalArgumentException.class,
        () -> NodeSpec.of("Conv", List.of(), Map.of(), List.of(), new Provenance.Synthetic("t")));
    Value c = new RandomGraph(new java.util.Random(1)).constant();
    refused(IllegalArgumentException.class, () -> c.refine(Shape.of(99)));
  }

  private static String refused(Class<? extends Exception> kind, Executable edit) {
    return assertThrows(kind, edit).getMessage();
  }

  private NodeSpec withBodies(Graph... bodies) {
    NodeSpec s = spec(List.of(x));
    return new NodeSpec(
        s.op(), s.inputs(), s.attrs(), s.results(), List.of(bodies), s.provenance());
  }

  private static NodeSpec spec(List<Value> inputs) {
    return NodeSpec.of(
        "onnx.Op", inputs, Map.of(), List.of(TYPE), new Provenance.Synthetic("test"));
  }
}
