// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Builds plugins for tests: sources into a jar, with the services that it names. */
final class PluginBuild {
  private PluginBuild() {}

  /** The plugin of an example's folder. */
  static Path example(Path example, Path jar) throws IOException {
    Path main = example.resolve("src/main");
    return jar(files(main.resolve("java")), main.resolve("resources"), jar);
  }

  /**
   * A plugin of one class.
   *
   * @param services file names below META-INF/services to providers
   */
  static Path of(String className, String source, Map<String, String> services, Path jar)
      throws IOException {
    Path folder = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "plugin");
    Path java = folder.resolve(className + ".java");
    Files.writeString(java, source);
    Path resources = folder.resolve("resources/META-INF/services");
    Files.createDirectories(resources);
    for (Map.Entry<String, String> e : services.entrySet()) {
      Files.writeString(resources.resolve(e.getKey()), e.getValue() + "\n");
    }
    return jar(List.of(java), folder.resolve("resources"), jar);
  }

  private static Path jar(List<Path> sources, Path resources, Path jar) throws IOException {
    Path classes = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "classes");
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "-cp"));
    arguments.add(System.getProperty("java.class.path"));
    sources.forEach(s -> arguments.add(s.toString()));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, code, "javac " + sources);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out)) {
      add(classes, zip);
      add(resources, zip);
    }
    return jar;
  }

  private static void add(Path root, JarOutputStream zip) throws IOException {
    for (Path file : files(root)) {
      zip.putNextEntry(new JarEntry(root.relativize(file).toString()));
      Files.copy(file, zip);
      zip.closeEntry();
    }
  }

  private static List<Path> files(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of(); // such as the resources of a project without any
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
