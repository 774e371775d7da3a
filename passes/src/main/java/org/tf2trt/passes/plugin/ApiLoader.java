// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.plugin;

import java.util.List;

/**
 * What plugins see of the program that loads them: Java itself and the published packages, nothing
 * else, so that a plugin works wherever the API does.
 */
public final class ApiLoader extends ClassLoader {
  /** The published packages; docs/plugin-api.md describes them. */
  public static final List<String> PACKAGES =
      List.of(
          "org.tf2trt.ir",
          "org.tf2trt.ir.check",
          "org.tf2trt.ir.data",
          "org.tf2trt.ir.diag",
          "org.tf2trt.ir.schema",
          "org.tf2trt.ir.text",
          "org.tf2trt.passes",
          "org.tf2trt.passes.build",
          "org.tf2trt.passes.eval",
          "org.tf2trt.passes.facts",
          "org.tf2trt.passes.infer",
          "org.tf2trt.passes.plugin",
          "org.tf2trt.passes.rewrite",
          "org.tf2trt.frontend.lower",
          "org.tf2trt.frontend.recipe");

  private final ClassLoader program = ApiLoader.class.getClassLoader();

  ApiLoader() {
    super(ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    int dot = name.lastIndexOf('.');
    if (dot > 0 && PACKAGES.contains(name.substring(0, dot))) {
      return program.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
