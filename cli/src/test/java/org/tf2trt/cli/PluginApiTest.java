// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tf2trt.passes.plugin.ApiLoader;

/** What plugins can load, what is documented and what is compared with releases are the same. */
class PluginApiTest {
  private static List<String> matches(String regex, Path file) throws IOException {
    return Pattern.compile(regex)
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult m) -> m.group(1))
        .sorted()
        .toList();
  }

  @Test
  void theDocumentedPackagesAreThoseThatPluginsSee() throws IOException {
    assertEquals(
        ApiLoader.PACKAGES.stream().sorted().toList(),
        matches("\\| `(org\\.tf2trt[a-z.]*)` \\|", Path.of("../docs/plugin-api.md")));
  }

  @Test
  void theComparedPackagesAreThoseThatPluginsSee() throws IOException {
    assertEquals(
        ApiLoader.PACKAGES.stream().sorted().toList(),
        matches("<include>(org\\.tf2trt[a-z.]*)</include>", Path.of("../pom.xml")));
  }
}
