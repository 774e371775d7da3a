// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.npy.NpyRows;
import org.tf2trt.verify.npy.Npz;
import org.tf2trt.verify.run.Port;

/** Opens files of samples, by what they are. */
public final class DataSamples {
  private DataSamples() {}

  /**
   * Opens data.
   *
   * @param text a path, or {@code INPUT=PATH} where data for one of several inputs is meant
   * @param ports inputs of the model
   * @param shapes of a call
   * @param images how images become tensors
   * @throws DiagnosticException {@code BAD_DATA}
   */
  public static Samples open(
      String text, List<Port> ports, Map<String, long[]> shapes, String images) {
    ImageOptions options = ImageOptions.parse(images);
    Port given = null;
    Path path = Path.of(text);
    for (Port port : ports) {
      if (text.startsWith(port.name() + "=")) {
        given = port;
        path = Path.of(text.substring(port.name().length() + 1));
      }
    }
    Port port = given != null ? given : ports.get(0);
    long[] shape = shapes.get(port.name());
    int batch = shape.length == 0 ? 1 : (int) Math.max(1, shape[0]);
    return new BatchedSamples(
        rows(path, port, ports, shapes, options), ports, batch, "data " + path);
  }

  private static Rows rows(
      Path path, Port port, List<Port> ports, Map<String, long[]> shapes, ImageOptions images) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    if (Files.isDirectory(path)) {
      return new ImageRows(path, port.name(), images(port, shapes, images, path));
    }
    if (name.endsWith(".npz")) {
      return archive(path, ports);
    }
    if (name.endsWith(".npy")) {
      try {
        NpyRows rows =
            NpyRows.open(new BufferedInputStream(Files.newInputStream(path)), path.toString());
        return new ArrayRows(Map.of(port.name(), rows), () -> {});
      } catch (IOException e) {
        throw bad(path, "it cannot be read");
      }
    }
    if (name.endsWith(".csv")) {
      return new CsvRows(path, ports, shapes);
    }
    if (name.contains(".tfrecord")) {
      return new TfRecordRows(path, ports, shapes, images);
    }
    throw bad(path, "neither .npz, .npy, .csv, .tfrecord nor a folder of images");
  }

  private static Images images(
      Port port, Map<String, long[]> shapes, ImageOptions options, Path path) {
    long[] shape = shapes.get(port.name());
    if (shape.length != 4) {
      throw bad(path, "images do not fit the input " + port);
    }
    return new Images(options, port.type().dtype(), Arrays.copyOfRange(shape, 1, 4));
  }

  private static Rows archive(Path path, List<Port> ports) {
    Npz npz = Npz.open(path);
    Map<String, NpyRows> arrays = new LinkedHashMap<>();
    try {
      for (Port port : ports) {
        String name = npz.has("in/" + port.name()) ? "in/" + port.name() : port.name();
        arrays.put(port.name(), npz.rows(name));
      }
    } catch (DiagnosticException e) {
      npz.close();
      throw e;
    }
    return new ArrayRows(arrays, npz);
  }

  private static DiagnosticException bad(Path path, String what) {
    return DiagnosticException.of(
        Code.BAD_DATA, path.toString(), what, "give --data another file, or leave it out");
  }
}
