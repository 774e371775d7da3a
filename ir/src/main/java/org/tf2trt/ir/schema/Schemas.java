// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.ir.schema;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of all ops. Only the entries that are asked for are parsed, once each. */
public final class Schemas {
  private static final class Dialect {
    private final SchemaFile file;
    private final SchemaParser parser;
    private final Map<String, List<OpSchema>> parsed = new ConcurrentHashMap<>();

    Dialect(String name, Traits traits) {
      file = new SchemaFile(Resources.read(name + ".txt"));
      parser = new SchemaParser(name, new SchemaTypes(file.preamble()), traits);
    }

    /** Oldest version first. */
    List<OpSchema> versions(String op) {
      return parsed.computeIfAbsent(op, k -> file.entries(k).stream().map(parser::parse).toList());
    }
  }

  /** Read when the first op is looked up; a conversion of ONNX alone never reads tf.txt. */
  private static final class Loaded {
    static final Traits TRAITS = new Traits(Resources.read("traits.txt"));
  }

  private static final class Onnx {
    static final Dialect DIALECT = new Dialect("onnx", Loaded.TRAITS);
  }

  private static final class Tf {
    static final Dialect DIALECT = new Dialect("tf", Loaded.TRAITS);
  }

  private Schemas() {}

  /**
   * The version of an op of ONNX's default domain that is in force at an opset, with {@link
   * Trait#DEPRECATED} when it was withdrawn by then; empty when there is none yet.
   */
  public static Optional<OpSchema> onnx(String op, int opset) {
    OpSchema inForce = null;
    for (OpSchema s : Onnx.DIALECT.versions(op)) {
      inForce = s.sinceVersion() <= opset ? s : inForce;
    }
    return Optional.ofNullable(inForce);
  }

  /**
   * The form of an op that the IR has: that of an opset, or the first one of an op that came later.
   */
  public static Optional<OpSchema> onnxForm(String op, int opset) {
    return onnx(op, opset).or(() -> Onnx.DIALECT.versions(op).stream().findFirst());
  }

  /**
   * All versions of an op of ONNX's default domain, oldest first; none when there is no such op.
   */
  public static List<OpSchema> onnxVersions(String op) {
    return Onnx.DIALECT.versions(op);
  }

  /** An op of TensorFlow's registry; empty when there is no such op. */
  public static Optional<OpSchema> tf(String op) {
    return Tf.DIALECT.versions(op).stream().findFirst();
  }

  /** The names of all ops of ONNX's default domain, sorted. */
  public static Set<String> onnxOps() {
    return Collections.unmodifiableSet(Onnx.DIALECT.file.names());
  }

  /** The names of all ops of TensorFlow's registry, sorted. */
  public static Set<String> tfOps() {
    return Collections.unmodifiableSet(Tf.DIALECT.file.names());
  }

  /** The ops of a dialect that the hand-written traits name. */
  static Set<String> opsWithTraits(String dialect) {
    return Loaded.TRAITS.ops(dialect);
  }
}
