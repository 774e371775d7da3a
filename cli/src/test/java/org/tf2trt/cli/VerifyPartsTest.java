// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verification in parts knows what one in a piece knows. */
class VerifyPartsTest {
  private static final String GRAPH =
      """
      node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } }
        attr { key: "shape" value { shape { dim { size: -1 } dim { size: 3 } } } } }
      node { name: "y" op: "Softmax" input: "x" attr { key: "T" value { type: DT_FLOAT } } }
      """;

  @TempDir private Path folder;
  private Path model;
  private Path onnx;

  private void convert() throws IOException {
    TextModel made = TextModel.convert(GRAPH, folder);
    model = made.graph();
    onnx = made.onnx();
  }

  private CommandRun verify(Object... options) {
    List<Object> all =
        new ArrayList<>(List.of("verify", model, onnx, "--outputs", "y", "--samples", "14"));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray());
  }

  private Path state(String name) {
    return folder.resolve(name + ".json");
  }

  @Test
  void partsTogetherAreTheWhole() throws IOException {
    convert();
    assertEquals(0, verify("--report", state("whole")).code());
    for (int i = 1; i <= 3; i++) {
      CommandRun part = verify("--part", i + "/3", "--state", state("part" + i));
      assertEquals(0, part.code(), part.err());
      assertTrue(part.out().contains(i == 3 ? "6 samples in 3 calls" : "4 samples in 2 calls"));
    }
    CommandRun merged =
        verify(
            "--report", state("merged"), "--merge", state("part3"), state("part1"), state("part2"));
    assertEquals(0, merged.code(), merged.err());
    assertTrue(merged.out().contains("14 samples in 7 calls"), merged.out());
    ObjectMapper mapper = new ObjectMapper();
    JsonNode whole = mapper.readTree(state("whole").toFile()).at("/runtimes/0/outputs/0");
    JsonNode together = mapper.readTree(state("merged").toFile()).at("/runtimes/0/outputs/0");
    for (String field : List.of("error", "worst_call", "elements", "max_abs", "cosine")) {
      assertEquals(whole.get(field), together.get(field), field);
    }
    assertEquals(whole.get("rms").asDouble(), together.get("rms").asDouble(), 1e-15);
    assertEquals(whole.get("error_percentiles"), together.get("error_percentiles"));
  }

  @Test
  void everyPartHasToBeThere() throws IOException {
    convert();
    verify("--part", "1/2", "--state", state("one"));
    CommandRun twice = verify("--merge", state("one"), state("one"));
    assertEquals(1, twice.code());
    assertTrue(twice.err().contains("part 1 is given twice"), twice.err());
    CommandRun missing = verify("--merge", state("one"), state("two"));
    assertTrue(missing.err().contains("there is no such file"), missing.err());
    CommandRun alone = verify("--merge", state("one"));
    assertTrue(alone.err().contains("it is no part of this verification in 1 parts"), alone.err());
    CommandRun bad = verify("--part", "3/2");
    assertTrue(bad.err().contains("no part; write the second of four as 2/4"), bad.err());
  }
}
