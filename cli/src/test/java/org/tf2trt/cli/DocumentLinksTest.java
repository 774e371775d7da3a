// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the pages of the repository lead to files and headings that exist. */
class DocumentLinksTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)]*))?\\)");

  private final List<String> broken = new ArrayList<>();

  @Test
  void linksLeadSomewhere() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("docs", "examples", "bench")) {
      add(ROOT.resolve(folder), Integer.MAX_VALUE, pages);
    }
    add(ROOT, 1, pages);
    assertFalse(pages.isEmpty());
    for (Path page : pages) {
      check(page);
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void theIndexListsEveryPage() throws IOException {
    List<Path> pages = new ArrayList<>();
    add(ROOT.resolve("docs"), 2, pages);
    String index = Files.readString(ROOT.resolve("docs/README.md"));
    List<String> missing =
        pages.stream()
            .map(p -> ROOT.resolve("docs").relativize(p).toString())
            .filter(p -> !p.equals("README.md") && !index.contains("](" + p + ")"))
            .toList();
    assertEquals(List.of(), missing);
  }

  private static void add(Path folder, int depth, List<Path> into) throws IOException {
    try (Stream<Path> paths = Files.walk(folder, depth)) {
      paths
          .filter(f -> f.toString().endsWith(".md") && !f.toString().contains("/target/"))
          .sorted()
          .forEach(into::add);
    }
  }

  private void check(Path page) throws IOException {
    var links = LINK.matcher(Files.readString(page));
    while (links.find()) {
      Path target = links.group(1).isEmpty() ? page : page.resolveSibling(links.group(1));
      boolean found =
          Files.exists(target)
              && (links.group(2) == null || anchors(target).contains(links.group(2)));
      if (!found) {
        broken.add(page + ": " + links.group());
      }
    }
  }

  /** As GitHub makes them of headings. */
  private static List<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(l -> l.startsWith("#"))
        .map(l -> l.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(l -> l.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .toList();
  }
}
