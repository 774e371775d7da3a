// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.npy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.tf2trt.ir.data.TensorData;

/** An open {@code .npz} archive; arrays are read one at a time, when asked for. */
public final class Npz implements AutoCloseable {
  private static final String SUFFIX = ".npy";

  private final Path file;
  private final ZipFile zip;

  private Npz(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /** Throws {@code BAD_DATA} when the file is missing or no zip archive. */
  public static Npz open(Path file) {
    try {
      return new Npz(file, new ZipFile(file.toFile()));
    } catch (IOException e) {
      throw Npy.unreadable(file.toString(), e);
    }
  }

  /** Array names in archive order, without {@code .npy}. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    zip.stream()
        .map(ZipEntry::getName)
        .filter(n -> n.endsWith(SUFFIX))
        .forEach(n -> names.add(n.substring(0, n.length() - SUFFIX.length())));
    return names;
  }

  public boolean has(String name) {
    return zip.getEntry(name + SUFFIX) != null;
  }

  /** Throws {@code BAD_DATA} when there is no such array or it is malformed. */
  public TensorData read(String name) {
    ZipEntry entry = zip.getEntry(name + SUFFIX);
    String subject = file + ":" + name;
    if (entry == null) {
      throw Npy.bad(subject, "no such array; the file has " + String.join(", ", names()));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return Npy.read(in, subject);
    } catch (IOException e) {
      throw Npy.unreadable(subject, e);
    }
  }

  /** An array to be read row by row, while the archive is open; throws {@code BAD_DATA}. */
  public NpyRows rows(String name) {
    ZipEntry entry = zip.getEntry(name + SUFFIX);
    String subject = file + ":" + name;
    if (entry == null) {
      throw Npy.bad(subject, "no such array; the file has " + String.join(", ", names()));
    }
    try {
      return NpyRows.open(new BufferedInputStream(zip.getInputStream(entry)), subject);
    } catch (IOException e) {
      throw Npy.unreadable(subject, e);
    }
  }

  /**
   * Writes arrays in the order of the map, compressed, with fixed times: equal data, equal bytes.
   */
  public static void write(Path file, Map<String, TensorData> arrays) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, TensorData> e : arrays.entrySet()) {
        ZipEntry entry = new ZipEntry(e.getKey() + SUFFIX);
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        Npy.write(e.getValue(), zip);
        zip.closeEntry();
      }
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw Npy.unreadable(file.toString(), e);
    }
  }
}
