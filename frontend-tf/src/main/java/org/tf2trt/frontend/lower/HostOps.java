// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.Set;

/** Ops on strings, tables, files and records, which no accelerator runs. */
public final class HostOps {
  private static final Set<String> PREFIXES =
      Set.of(
          "String",
          "Lookup",
          "HashTable",
          "MutableHashTable",
          "Regex",
          "Parse",
          "Decode",
          "Encode");

  private static final Set<String> OPS =
      Set.of(
          "AsString",
          "ReduceJoin",
          "Substr",
          "ReadFile",
          "WriteFile",
          "StaticRegexReplace",
          "StaticRegexFullMatch",
          "UnicodeDecode",
          "UnicodeTranscode",
          "InitializeTable",
          "InitializeTableV2",
          "InitializeTableFromTextFileV2",
          "PrintV2",
          "Timestamp",
          "UnicodeEncode",
          "UnicodeScript",
          "PyFunc",
          "EagerPyFunc",
          "PyFuncStateless");

  private HostOps() {}

  /** Whether the op runs on the host only, by its name. */
  public static boolean isHostOnly(String op) {
    return OPS.contains(op) || PREFIXES.stream().anyMatch(op::startsWith);
  }
}
