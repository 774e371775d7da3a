// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.convert;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The golden cases in {@code ops.zip}: an archive for each TensorFlow op, with the case archives of
 * that op in it. Inner archives are stored, so that the outer one compresses what cases share.
 */
public final class GoldenCases {
  private GoldenCases() {}

  /** The bytes of the case archives by op and name. */
  public static Map<String, Map<String, byte[]>> read() throws IOException {
    try (InputStream in = GoldenCases.class.getResourceAsStream("/cases/ops.zip")) {
      Map<String, Map<String, byte[]>> byOp = new LinkedHashMap<>();
      for (Map.Entry<String, byte[]> op : entries(in).entrySet()) {
        byOp.put(op.getKey(), entries(new ByteArrayInputStream(op.getValue())));
      }
      return byOp;
    }
  }

  private static Map<String, byte[]> entries(InputStream in) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
      entries.put(e.getName().replaceAll("\\.zip$", ""), zip.readAllBytes());
    }
    return entries;
  }
}
