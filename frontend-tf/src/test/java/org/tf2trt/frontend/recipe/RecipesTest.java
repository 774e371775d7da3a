// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tf2trt.frontend.lower.LowerTensorFlow;
import org.tf2trt.frontend.lower.LoweringTable;
import org.tf2trt.frontend.lower.Lowerings;
import org.tf2trt.ir.Graph;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.ir.text.Parser;
import org.tf2trt.passes.PassContext;
import org.tf2trt.passes.eval.Evaluator;

class RecipesTest {
  private static final String SHRINK =
      """
      MyOp <alpha: float = 0.5> (x) => (y) {
        a = Constant <value_float = @alpha> ()
        m = Abs (x)
        d = Sub (m, a)
        y = Relu (d)
      }
      """;

  private static Graph lower(String recipes, String graph) {
    Recipes read = Recipes.parse("r.txt", recipes);
    LoweringTable table = Lowerings.builtIn();
    read.ops().forEach(op -> table.override(op, read.lowering(op)));
    Graph g = Parser.parse(graph);
    new LowerTensorFlow(table).run(g, new PassContext(17, new Diagnostics()));
    return g;
  }

  private static String eval(String recipes, String node, TensorData x) {
    String type = x.type().toString();
    Graph g =
        lower(
            recipes,
            "graph @g(%%x: %s) { %%0: %s[*] = %s return y = %%0 }"
                .formatted(type, x.dtype().text(), node));
    return Evaluator.evaluate(g, Map.of("x", x)).get("y").text();
  }

  private static TensorData floats(float... values) {
    return TensorData.ofFloats(new long[] {values.length}, values);
  }

  private static String refusal(String recipes, String node) {
    return assertThrows(DiagnosticException.class, () -> eval(recipes, node, floats(1)))
        .diagnostics()
        .get(0)
        .text();
  }

  private static void passes(String text) {
    Recipes.parse("r.txt", text).checks().forEach(SelfCheck::run);
  }

  @Test
  void attributesOfTheNodeGoFirstThenTheDefaults() {
    assertEquals("f32[2]{0.0, 1.5}", eval(SHRINK, "tf.MyOp(%x)", floats(0.5f, -2)));
    assertEquals("f32[2]{0.0, 1.0}", eval(SHRINK, "tf.MyOp(%x) {alpha=1.0}", floats(0.5f, -2)));
    assertEquals("f32[2]{0.0, 1.0}", eval(SHRINK, "tf.MyOp(%x) {T=f32, alpha=1}", floats(1, -2)));
  }

  @Test
  void anAttributeWithoutDefaultIsRequired() {
    String recipe = "MyOp <axis> (x) => (y) { y = Softmax <axis = @axis> (x) }";
    assertEquals("f32[1]{1.0}", eval(recipe, "tf.MyOp(%x) {axis=0}", floats(3)));
    assertEquals(
        "error[TF070] '0' (MyOp): has no attribute 'axis', which the recipe at r.txt:1:1 needs; give"
            + " it a default there: axis: float = 1.0",
        refusal(recipe, "tf.MyOp(%x)").replaceFirst("'[^']*' \\(MyOp\\)", "'0' (MyOp)"));
  }

  @Test
  void anAttributeThatTheRecipeDoesNotKnowIsRefused() {
    String text = refusal(SHRINK, "tf.MyOp(%x) {beta=2.0}");
    assertTrue(text.contains("beta=2.0 is an attribute that the recipe at r.txt:1:1"), text);
  }

  @Test
  void attributesOfOtherKindsAreRefused() {
    String text = refusal(SHRINK, "tf.MyOp(%x) {alpha=\"big\"}");
    assertTrue(
        text.contains("alpha is \"big\", the recipe at r.txt:1:1 declares it as float"), text);
  }

  @Test
  void theNodeHasTheInputsOfTheRecipe() {
    String text = refusal(SHRINK, "tf.MyOp(%x, %x)");
    assertTrue(text.contains("the node has 2 inputs, the recipe at r.txt:1:1 has 1"), text);
  }

  @Test
  void recipesUseOthers() {
    String nested =
        """
        Twice <n: float = 2.0> (x) => (y) { c = Constant <value_float = @n> () y = Mul (x, c) }
        MyOp (x) => (y) { t = Twice (x) y = Twice <n = 3> (t) }
        """;
    assertEquals("f32[1]{6.0}", eval(nested, "tf.MyOp(%x)", floats(1)));
  }

  @Test
  void aRecipeMayReplaceAnOpAndUseTheStandardOpOfItsName() {
    String leaky =
        """
        Relu (x) => (y) {
          r = Relu (x)
          t = Constant <value = float {0.1}> ()
          s = Mul (x, t)
          y = Add (r, s)
        }
        """;
    assertEquals("f32[2]{-0.2, 3.3}", eval(leaky, "tf.Relu(%x) {T=f32}", floats(-2, 3)));
  }

  @Test
  void theResultMayHaveATypeThatTheImporterDidNotGuess() {
    Graph g =
        lower(
            "Big (x) => (y) { z = Constant <value = float {1}> () y = Greater (x, z) }",
            """
            graph @g(%x: f32[2]) {
              %0: f32[*] = tf.Big(%x)
              %1: bool[*] = tf.LogicalNot(%0)
              return y = %1
            }""");
    assertEquals(
        "bool[2]{true, false}", Evaluator.evaluate(g, Map.of("x", floats(0, 2))).get("y").text());
  }

  @Test
  void aTypeThatDisagreesWithTensorFlowsIsRefused() {
    String text = refusal("Relu (x) => (y) { y = Cast <to = 7> (x) }", "tf.Relu(%x) {T=f32}");
    assertTrue(text.contains("output 0"), text);
  }

  @Test
  void elementTypesAreNotPromoted() {
    String text =
        refusal(
            "MyOp (x) => (y) { c = Constant <value_int = 1> () y = Add (x, c) }", "tf.MyOp(%x)");
    assertTrue(
        text.contains("recipe r.txt:1:55: Add: input 'B' is i64 where another is f32"), text);
    assertTrue(text.endsWith("convert one with CastLike(value, like)"), text);
  }

  @Test
  void declaredTypesAreChecked() {
    String text = refusal("MyOp (int32[N] x) => (y) { y = Abs (x) }", "tf.MyOp(%x)");
    assertTrue(text.contains("'x' is f32[1], declared as i32[N]"), text);
    passes(
        "MyOp (float[N, 2] x) => (float[2, N] y) { y = Transpose <perm = [1, 0]> (x) }"
            + "check MyOp (float[1, 2] x = {1, 2}) => (float[2, 1] y = {1, 2})");
  }

  @Test
  void everySyntaxOfConstants() {
    passes(
        """
        F (x) => (a, b, c, d, e)
        <float[2] k = {1.0, -inf}, int64 s = {3}>
        {
          a = Add (x, k)
          b = Constant <value_floats: floats = [1, 2.5]> ()
          c = Constant <value_ints = [1, 2]> ()
          d = Constant <value = bool[2] {true, 0}> ()   # a comment
          e = Identity (s)
        }
        check F (float[2] x = {1, 2})
          => (float[2] a = {2, -inf}, float[2] b = {1, 2.5}, int64[2] c = {1, 2},
              bool[2] d = {true, false}, int64 e = {3})
        """);
  }

  @Test
  void olderFormsOfOpsAreTaken() {
    passes(
        """
        <domain: "mine", opset_import: ["" : 17]>
        M (x) => (y, a, b) {
          y = ReduceMean <axes = [1], keepdims = 0> (x)
          a, b = Split <axis = 1> (x)
        }
        check M (float[1, 2] x = {1, 3}) => (float[1] y = {2}, float[1, 1] a = {1}, float[1, 1] b = {3})
        """);
  }

  @Test
  void resultsAndInputsCanBeLeftOut() {
    passes(
        """
        F (x) => (y, i) {
          hi = Constant <value_float = 2.0> ()
          c = Clip (x, , hi)
          k = Constant <value_ints = [1]> ()
          y, i = TopK (c, k)
          "", unused = TopK (c, k)
        }
        check F (float[3] x = {1, 5, -7}) => (float[1] y = {2}, int64[1] i = {1})
        """);
  }

  @Test
  void opsOfTensorFlowMayHaveAnyName() {
    assertEquals(
        List.of("Addons>Shrink"),
        Recipes.parse("r.txt", "\"Addons>Shrink\" (x) => (y) { y = Abs (x) }").ops().stream()
            .collect(Collectors.toList()));
  }

  @Test
  void aCheckThatFailsSaysWhatCameOut() {
    String text =
        assertThrows(
                DiagnosticException.class,
                () -> passes(SHRINK + "check MyOp (float[1] x = {1}) => (float[1] y = {0.75})"))
            .getMessage();
    assertEquals(
        "error[TF071] r.txt:7:7: MyOp: 'y' is f32[1]{0.5} in tf2trt, expected f32[1]{0.75}; correct"
            + " the recipe, or the check",
        text);
  }

  @Test
  void aCheckHasATolerance() {
    String check = "check MyOp (float[1] x = {1}) => (float[1] y = {0.501}) within 0.01";
    passes(SHRINK + check);
    assertThrows(DiagnosticException.class, () -> passes(SHRINK + check.replace("0.01", "0.0001")));
  }
}
