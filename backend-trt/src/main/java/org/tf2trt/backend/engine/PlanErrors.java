// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;

/** Why TensorRT does not load a plan, from what it logs. */
final class PlanErrors {
  private static final Pattern VERSION =
      Pattern.compile(
          "(?i)(serializationVersion|stdVersionRead|version tag|serialized .* version)");
  private static final Pattern DEVICE =
      Pattern.compile("(?i)(compute capability|different (gpu|device)|expecting compute|platform)");
  private static final Pattern BYTES =
      Pattern.compile("(?i)(magic|corrupt|truncated|malformed|stream|header)");
  private static final Pattern PLUGIN = Pattern.compile("(?i)plugin");
  private static final Pattern MEMORY = Pattern.compile("(?i)out of memory|OutOfMemory");

  private PlanErrors() {}

  static boolean namesPlugin(List<String> errors) {
    return matches(PLUGIN, String.join("; ", errors));
  }

  static Diagnostic explain(String plan, List<String> errors) {
    String said = errors.isEmpty() ? "it gives no reason" : String.join("; ", errors);
    if (matches(MEMORY, said)) {
      return Diagnostic.error(
          Code.GPU_FAILED, plan, "does not fit: " + said, "free GPU memory and try again");
    }
    if (matches(PLUGIN, said)) {
      return Diagnostic.error(
          Code.PLAN_MISMATCH,
          plan,
          "needs a plugin that is not loaded: " + said,
          "put the folder of libnvinfer_plugin into LD_LIBRARY_PATH");
    }
    if (matches(VERSION, said)) {
      return Diagnostic.error(
          Code.PLAN_MISMATCH,
          plan,
          "was built by another version of TensorRT: " + said,
          "build it again with this one, or with --version-compatible");
    }
    if (matches(DEVICE, said)) {
      return Diagnostic.error(
          Code.PLAN_MISMATCH,
          plan,
          "was built for another GPU: " + said,
          "build it on this GPU, or with --hardware-compatible");
    }
    if (matches(BYTES, said)) {
      return Diagnostic.error(
          Code.WRONG_FILE_KIND,
          plan,
          "is no plan of TensorRT, or a damaged one: " + said,
          "build it again");
    }
    return Diagnostic.error(
        Code.PLAN_MISMATCH, plan, "TensorRT does not load it: " + said, "build it again here");
  }

  private static boolean matches(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    return m.find();
  }
}
