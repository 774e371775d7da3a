// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.run.Port;

/**
 * A table with a header. A column is named as an input, or {@code INPUT.0}, {@code INPUT.1}, ...
 * where an input takes several values; a model with one input takes all columns as they stand.
 */
final class CsvRows implements Rows {
  private final Path file;
  private final BufferedReader reader;
  private final Map<Port, List<Integer>> columns = new LinkedHashMap<>();
  private final Map<String, long[]> shapes;
  private long line = 1;

  CsvRows(Path file, List<Port> ports, Map<String, long[]> shapes) {
    this.file = file;
    this.shapes = new LinkedHashMap<>(shapes);
    try {
      this.reader = Files.newBufferedReader(file);
      String header = reader.readLine();
      if (header == null) {
        throw bad("it is empty");
      }
      List<String> names = cells(header);
      for (Port port : ports) {
        columns.put(port, columns(port, names, ports.size() == 1));
      }
    } catch (IOException e) {
      throw bad("it cannot be read");
    }
  }

  private List<Integer> columns(Port port, List<String> names, boolean alone) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).strip();
      if (name.equals(port.name()) || name.equals(port.name() + "." + found.size())) {
        found.add(i);
      }
    }
    if (found.isEmpty() && alone) {
      for (int i = 0; i < names.size(); i++) {
        found.add(i);
      }
    }
    if (found.isEmpty()) {
      throw bad("no column is named '" + port.name() + "' or '" + port.name() + ".0'");
    }
    return found;
  }

  /** Cells of a line; quotes may hold commas, and quotes written twice. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }

  @Override
  public Optional<Map<String, TensorData>> next() {
    String text = line();
    if (text == null) {
      return Optional.empty();
    }
    List<String> cells = cells(text);
    Map<String, TensorData> row = new LinkedHashMap<>();
    columns.forEach((port, at) -> row.put(port.name(), tensor(port, at, cells)));
    return Optional.of(row);
  }

  private String line() {
    try {
      String text;
      do {
        text = reader.readLine();
        line++;
      } while (text != null && text.isBlank());
      return text;
    } catch (IOException e) {
      throw bad("it cannot be read");
    }
  }

  private TensorData tensor(Port port, List<Integer> at, List<String> cells) {
    long[] whole = shapes.get(port.name());
    long[] shape = Arrays.copyOfRange(whole, Math.min(1, whole.length), whole.length);
    if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != at.size()) {
      throw bad(at.size() + " columns for the input " + port);
    }
    List<String> values = new ArrayList<>();
    for (int column : at) {
      if (column >= cells.size()) {
        throw bad("line " + line + " has " + cells.size() + " cells");
      }
      values.add(cells.get(column).strip());
    }
    if (port.type().dtype() == DType.STRING) {
      return TensorData.ofStrings(shape, values);
    }
    DType kept = port.type().dtype().isFloat() ? DType.F64 : DType.I64;
    var bytes = Elements.allocate(kept, values.size());
    for (int i = 0; i < values.size(); i++) {
      try {
        if (kept == DType.F64) {
          bytes.putDouble(8 * i, Double.parseDouble(values.get(i)));
        } else {
          bytes.putLong(8 * i, Long.parseLong(values.get(i)));
        }
      } catch (NumberFormatException e) {
        throw bad("line " + line + ": '" + values.get(i) + "' is no number for " + port);
      }
    }
    return TensorData.of(kept, shape, bytes);
  }

  @Override
  public void skip(long rows) {
    for (long i = 0; i < rows && line() != null; i++) {}
  }

  private DiagnosticException bad(String what) {
    return DiagnosticException.of(
        Code.BAD_DATA, file.toString(), what, "name the columns as the inputs in the first line");
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw bad("it cannot be closed");
    }
  }
}
