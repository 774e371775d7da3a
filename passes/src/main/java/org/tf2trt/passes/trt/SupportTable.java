// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tf2trt.ir.DType;

/** The ops that TensorRT's parsers take; read from {@code ops.txt}, which explains its format. */
public final class SupportTable {
  private static final Map<TrtVersion, SupportTable> LOADED = new EnumMap<>(TrtVersion.class);

  private final Map<String, OpSupport> ops;

  private SupportTable(Map<String, OpSupport> ops) {
    this.ops = ops;
  }

  /** The table of one release. */
  public static synchronized SupportTable of(TrtVersion version) {
    return LOADED.computeIfAbsent(version, v -> parse(read(), v));
  }

  /** The row of an op ({@code onnx.Conv}); empty when the parser lacks it. */
  public Optional<OpSupport> find(String op) {
    return Optional.ofNullable(ops.get(op.substring(op.indexOf('.') + 1)));
  }

  /** Names of all ops, without dialect, sorted. */
  public List<String> ops() {
    return List.copyOf(ops.keySet());
  }

  static SupportTable parse(String text, TrtVersion version) {
    Map<String, OpSupport> ops = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String row = line.replaceFirst("#.*", "").strip();
      if (row.isEmpty()) {
        continue;
      }
      if (row.startsWith("[")) {
        int end = row.indexOf(']');
        if (!row.substring(1, end).equals(version.text())) {
          continue;
        }
        row = row.substring(end + 1).strip();
      }
      OpSupport op = row(row);
      if (ops.put(op.op(), op) != null) {
        throw new IllegalArgumentException("two rows for " + op.op());
      }
    }
    return new SupportTable(ops);
  }

  private static OpSupport row(String row) {
    String[] parts = row.split(";");
    String[] head = parts[0].strip().split("\\s+", 2);
    List<Set<DType>> inputs = new ArrayList<>();
    for (String types : head[1].split(",")) {
      inputs.add(types(types.strip()));
    }
    List<Limit> limits = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      limits.add(limit(parts[i].strip()));
    }
    return new OpSupport(head[0], inputs, limits);
  }

  private static Set<DType> types(String codes) {
    Set<DType> types = EnumSet.noneOf(DType.class);
    for (String code : codes.split("\\s+")) {
      switch (code) {
        case "F" -> types.addAll(List.of(DType.F32, DType.F16, DType.BF16));
        case "H" -> types.addAll(List.of(DType.F32, DType.F16));
        case "S" -> types.add(DType.F32);
        case "I" -> types.addAll(List.of(DType.I32, DType.I64));
        case "B" -> types.add(DType.BOOL);
        case "Q" -> types.add(DType.I8);
        case "U" -> types.add(DType.U8);
        default -> throw new IllegalArgumentException("no type code '" + code + "'");
      }
    }
    return types;
  }

  private static Limit limit(String text) {
    String[] words = text.split("\\s+");
    return switch (words[0]) {
      case "const" -> new Limit.ConstantInput(Integer.parseInt(words[1]));
      case "rank" -> {
        String[] range = words[2].split("\\.\\.");
        int from = Integer.parseInt(range[0]);
        int to = Integer.parseInt(range[range.length - 1]);
        yield new Limit.Rank(Integer.parseInt(words[1]), from, to);
      }
      case "most" -> new Limit.AtMost(Integer.parseInt(words[1]), Long.parseLong(words[2]));
      case "attr" -> new Limit.AttrIn(words[1], List.of(words[2].split("\\|")));
      case "positive" -> new Limit.NotNegative(words[1]);
      case "results" -> new Limit.Results(Integer.parseInt(words[1]));
      case "static" -> new Limit.StaticInput(Integer.parseInt(words[1]));
      case "same" -> new Limit.SameTypes();
      default -> throw new IllegalArgumentException("no restriction '" + text + "'");
    };
  }

  private static String read() {
    try (InputStream in = SupportTable.class.getResourceAsStream("ops.txt")) {
      if (in == null) {
        throw new IllegalStateException("resource is missing from the build: ops.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
