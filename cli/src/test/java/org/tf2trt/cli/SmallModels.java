// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Models among the resources. */
public final class SmallModels {
  private SmallModels() {}

  /** Unpacks a model into a folder of its name, which is the result. */
  public static Path unpack(String name, Path folder) throws IOException {
    Path to = folder.resolve(name);
    try (InputStream in = SmallModels.class.getResourceAsStream("/models/" + name + ".zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        Path file = to.resolve(e.getName());
        if (!e.isDirectory()) {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
    return to;
  }
}
