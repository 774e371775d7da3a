// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.compare.Tolerance.Elementwise;
import org.tf2trt.verify.npy.Npy;

/**
 * A case: a zip of {@code graph.pb}, {@code meta.json}, {@code in/NAME.npy} and {@code
 * out/TENSOR.npy}.
 */
public final class CaseArchive implements AutoCloseable {
  private static final String GRAPH = "graph.pb";
  private static final String META = "meta.json";

  private final String subject;
  private final ZipFile zip;
  private final JsonNode meta;

  private CaseArchive(Path file, ZipFile zip) {
    this.subject = file.toString();
    this.zip = zip;
    this.meta = Json.parse(bytes(META), subject + ":" + META);
  }

  /** Opens a case; throws {@code BAD_DESCRIPTION} when the file is none. */
  public static CaseArchive open(Path file) {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (IOException e) {
      throw Json.bad(file.toString(), "it is not a zip archive that can be read");
    }
    try {
      return new CaseArchive(file, zip);
    } catch (DiagnosticException e) {
      closeQuietly(zip);
      throw e;
    }
  }

  private static void closeQuietly(ZipFile zip) {
    try {
      zip.close();
    } catch (IOException e) {
      // The failure that led here is the one to report.
    }
  }

  /** Whether the graph has to be refused. */
  public boolean refuse() {
    return Json.text(meta, "check", "values").equals("refuse");
  }

  /**
   * What it may be refused with, by its tags: ops on strings run on the host, and of what TensorRT
   * cannot compute, some has no form in ONNX either.
   */
  public Set<Code> refusable() {
    List<String> tags = Json.texts(meta.path("tags"));
    if (tags.contains("string")) {
      return Set.of(Code.HOST_ONLY);
    }
    return tags.contains("no-trt") ? Set.of(Code.HOST_ONLY, Code.UNSUPPORTED_DTYPE) : Set.of();
  }

  public List<String> inputs() {
    return names("inputs");
  }

  public List<String> outputs() {
    return names("outputs");
  }

  private List<String> names(String field) {
    return Json.tensors(meta.path(field), subject).stream().map(DescribedTensor::name).toList();
  }

  /** Copies the graph to a file. */
  public void extractGraph(Path to) throws IOException {
    try (InputStream in = zip.getInputStream(entry(GRAPH))) {
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Its arrays; throws {@code BAD_DATA}. */
  public Golden golden() {
    return new Golden(arrays("inputs"), arrays("outputs"));
  }

  private Map<String, TensorData> arrays(String field) {
    Map<String, TensorData> arrays = new LinkedHashMap<>();
    for (DescribedTensor t : Json.tensors(meta.path(field), subject)) {
      if (!t.file().isEmpty()) {
        arrays.put(t.name(), array(t));
      }
    }
    return arrays;
  }

  private TensorData array(DescribedTensor t) {
    TensorData data =
        Npy.read(new java.io.ByteArrayInputStream(bytes(t.file())), subject + ":" + t.file());
    boolean bits = t.dtype().equals("bfloat16") && data.dtype() == DType.U16;
    return bits ? data.reinterpret(DType.BF16) : data;
  }

  /** What its outputs may be off by. */
  public Expectation expectation() {
    JsonNode tolerance = meta.path("tolerance");
    Elementwise bound = Json.tolerance(tolerance, subject);
    boolean random = Json.text(meta, "check", "values").equals("shape");
    return new Expectation(bound, Json.perOutput(tolerance, subject), Set.of(), random);
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw Json.bad(subject, "it lacks " + name);
    }
    return entry;
  }

  private byte[] bytes(String name) {
    try (InputStream in = zip.getInputStream(entry(name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw Json.bad(subject + ":" + name, "it cannot be read: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
