// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages in docs/examples work as they stand: their commands run in order, and lines that show
 * output are in the output of the commands before them. A block {@code sh fails} has to fail. The
 * Maven projects are built here with javac; the module {@code examples} builds them with Maven.
 */
class ExamplePagesTest {
  private static final Path ROOT = Path.of("..");

  @TempDir private Path folder;

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs/examples"))) {
      return files.filter(f -> f.toString().endsWith(".md")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theCommandsOfAPageWork(Path page) throws IOException {
    String block = "";
    String output = null;
    int commands = 0;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```")) {
        block = block.isEmpty() ? line.substring(3) + " " : "";
        output = block.startsWith("sh ") ? "" : output;
      } else if (block.startsWith("sh ")) {
        output += run(line, block.equals("sh fails ") ? 1 : 0);
        commands++;
      } else if (line.startsWith("    ") && block.isEmpty() && output != null) {
        String shown = line.strip().replaceFirst(" ?\\.\\.\\.$", "");
        assertTrue(output.contains(shown), shown + "\nis not in\n" + output);
      }
    }
    assertFalse(commands == 0, page + " has no commands");
  }

  private String run(String line, int code) throws IOException {
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    String program = words.remove(0);
    if (program.equals("./mvnw")) {
      build(words);
      return "";
    }
    assertEquals("./tf2trt", program, line);
    CommandRun run = CommandRun.of(words.stream().map(this::here).toArray());
    assertEquals(code, run.code(), line + "\n" + run.err());
    return (run.out() + run.err()).replace("../examples/", "examples/").replace(folder + "/", "");
  }

  /** {@code install} and {@code test} are done by the build that this test is a part of. */
  private void build(List<String> words) throws IOException {
    if (words.contains("package")) {
      Path project = Path.of(words.get(words.indexOf("-f") + 1));
      if (!Files.isDirectory(ROOT.resolve(project).resolve("src/main"))) {
        assertTrue(Files.exists(ROOT.resolve(project).resolve("pom.xml")), project + " is missing");
        return; // only tests, which Maven runs
      }
      Path jar = jar(project.getFileName() + ".jar");
      PluginBuild.example(ROOT.resolve(project), jar);
    }
  }

  private Path jar(String name) {
    return folder.resolve(name);
  }

  /** Inputs lie in the repository, plugins and outputs in a folder of this test. */
  private String here(String word) {
    if (word.endsWith(".jar")) {
      return jar(word.substring(word.lastIndexOf('/') + 1)).toString();
    }
    if (word.startsWith("examples/")) {
      return ROOT.resolve(word).toString();
    }
    return word.endsWith(".onnx") ? folder.resolve(word).toString() : word;
  }
}
