// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.verify.reference.TensorFlowNatives;

/** The page of a verification, and what other commands add to it. */
class VerifyPageTest {
  private static final Path MODEL = Path.of("../examples/conv-block/saved_model");
  private static final String BENCH =
      """
      {"plan": "a/my.plan", "batch": 8, "precision": "fp16", "stable": true,
       "gpu_us": {"p50": 12.5, "p90": 13, "p99": 14}, "samples_per_second": 640000}
      """;

  @TempDir private Path folder;
  private Path onnx;
  private Path conversion;

  @BeforeAll
  static void needsTensorFlow() {
    assumeTrue(TensorFlowNatives.present(), "build with -Ptensorflow to run this");
  }

  @BeforeEach
  void convert() {
    onnx = folder.resolve("m.onnx");
    conversion = folder.resolve("conversion.json");
    assertEquals("", run(0, "convert", MODEL, "-o", onnx, "--report", conversion));
  }

  /** What is written to stderr. */
  private static String run(int code, Object... words) {
    CommandRun run = CommandRun.of(words);
    assertEquals(code, run.code(), Arrays.toString(words) + run.err());
    return run.err();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** The data that the page draws. */
  private static JsonNode data(Path page) throws IOException {
    String text = Files.readString(page);
    String open = "<script type=\"application/json\" id=\"data\">";
    int start = text.indexOf(open) + open.length();
    return new ObjectMapper().readTree(text.substring(start, text.indexOf("</script>", start)));
  }

  @Test
  void thePageNeedsNothingElse() throws IOException {
    Path page = folder.resolve("page.html");
    run(0, "verify", MODEL, onnx, "--html", page);
    String text = Files.readString(page);
    assertFalse(text.contains("src="), "it loads something");
    assertFalse(text.contains("<link"), "it loads something");
    assertFalse(text.contains("{{"), "a part of the template was not filled in");
    JsonNode ops = data(page).path("ops");
    assertEquals(1, ops.path("original").path("Conv2D").asInt());
    assertEquals(1, ops.path("converted").path("Conv").asInt());
    assertTrue(data(page).path("conversion").isMissingNode());
    assertTrue(data(page).path("latency").isMissingNode());
  }

  @Test
  void conversionAndLatencyAreInBothReports() throws IOException {
    Path page = folder.resolve("page.html");
    Path json = folder.resolve("report.json");
    Path bench = file("bench.json", BENCH);
    run(
        0,
        "verify",
        MODEL,
        onnx,
        "--html",
        page,
        "--report",
        json,
        "--conversion",
        conversion,
        "--bench",
        bench,
        "--bench",
        bench);
    for (JsonNode report :
        new JsonNode[] {data(page), new ObjectMapper().readTree(json.toFile())}) {
      assertEquals(1, report.path("conversion").path("rules").path("FoldScaleIntoConv").asInt());
      assertTrue(report.path("conversion").path("milliseconds").has("lower-tensor-flow"));
      assertEquals(2, report.path("latency").size());
      assertEquals(12.5, report.path("latency").path(0).path("gpu_us").path("p50").asDouble());
    }
  }

  @Test
  void convertWritesThePageToo() throws IOException {
    Path page = folder.resolve("page.html");
    run(0, "convert", MODEL, "-o", onnx, "--verify", "--html", page);
    assertTrue(data(page).path("conversion").path("rules").has("FoldScaleIntoConv"));
    assertTrue(run(2, "convert", MODEL, "-o", onnx, "--html", page).contains("--verify"));
  }

  @Test
  void filesOfAnotherKindAreRefused() throws IOException {
    Path bench = file("bench.json", BENCH);
    assertTrue(refused("--conversion", bench).contains("no report of a conversion"));
    assertTrue(refused("--bench", conversion).contains("it has no times"));
    assertTrue(refused("--bench", file("list.json", "[1]")).contains("no JSON object"));
    assertTrue(refused("--bench", file("text.json", "hello")).contains("cannot be read"));
    String other = Files.readString(conversion).replaceFirst("(\"sha256\" : \")....", "$10000");
    assertTrue(refused("--conversion", file("other.json", other)).contains("another model"));
  }

  private String refused(String option, Path file) {
    String err = run(1, "verify", MODEL, onnx, option, file);
    assertTrue(err.startsWith("error[TF021] " + option + " " + file), err);
    return err;
  }
}
