// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.zip.ZipFile;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** A plugin's jar. Providers are found with {@link ServiceLoader}. */
public final class PluginJar {
  private final Path jar;
  private final ClassLoader loader;

  private PluginJar(Path jar, ClassLoader loader) {
    this.jar = jar;
    this.loader = loader;
  }

  /** Throws {@code BAD_PLUGIN} when the file is no jar. */
  public static PluginJar open(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw bad(jar, "there is no such file", "build the plugin first; --plugin takes a jar");
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      if (zip.stream().noneMatch(e -> e.getName().startsWith("META-INF/services/org.tf2trt."))) {
        throw bad(
            jar,
            "names no provider of tf2trt",
            "list the class in META-INF/services/org.tf2trt.passes.Pass or the like");
      }
      // Never closed: the plugin's classes are in use until the process ends.
      ClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, new ApiLoader());
      return new PluginJar(jar, loader);
    } catch (MalformedURLException e) {
      throw bad(jar, "has a path that is no URL: " + e.getMessage(), "");
    } catch (IOException e) {
      throw bad(jar, "is no jar: " + e.getMessage(), "");
    }
  }

  /** The file's name, as messages call the plugin. */
  public String name() {
    return String.valueOf(jar.getFileName());
  }

  /**
   * The providers of a service, in the order of the jar's list.
   *
   * @throws DiagnosticException BAD_PLUGIN when a listed class is missing or cannot be made
   */
  public <T> List<T> providers(Class<T> service) {
    List<T> found = new ArrayList<>();
    try {
      ServiceLoader.load(service, loader).forEach(found::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String hint =
          cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError
              ? "; only docs/plugin-api.md's packages, and classes of the jar, can be used"
              : "";
      DiagnosticException bad =
          bad(
              jar,
              "a provider of " + service.getSimpleName() + " fails: " + cause,
              "build it" + " against this version of tf2trt" + hint);
      bad.initCause(e);
      throw bad;
    }
    return found;
  }

  private static DiagnosticException bad(Path jar, String what, String next) {
    return DiagnosticException.of(Code.BAD_PLUGIN, "--plugin " + jar, what, next);
  }
}
