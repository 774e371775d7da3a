// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The golden cases in {@code cases/ops}: an archive for each TensorFlow op, with the case archives
 * of that op in it.
 */
public final class GoldenCases {
  private GoldenCases() {}

  /** The bytes of the case archives by op and name. */
  public static Map<String, Map<String, byte[]>> read() throws IOException {
    return read("ops");
  }

  /** The bytes of the case archives of another folder, by group and name. */
  static Map<String, Map<String, byte[]>> read(String folder) throws IOException {
    Map<String, Map<String, byte[]>> byOp = new TreeMap<>();
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(path(folder), "*.zip")) {
      for (Path archive : archives) {
        try (InputStream in = Files.newInputStream(archive)) {
          byOp.put(withoutEnding(archive.getFileName().toString()), entries(in));
        }
      }
    }
    return byOp;
  }

  private static Path path(String folder) {
    try {
      return Path.of(GoldenCases.class.getResource("/cases/" + folder).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, byte[]> entries(InputStream in) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
      entries.put(withoutEnding(e.getName()), zip.readAllBytes());
    }
    return entries;
  }

  private static String withoutEnding(String archive) {
    return archive.replaceAll("\\.zip$", "");
  }
}
