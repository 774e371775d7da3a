// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tf2trt.backend.engine.natives.NativeLibraries;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;

/**
 * The libraries with the builder's kernels. TensorRT opens them by name when a builder is made, so
 * that those of a folder that the loader does not know have to be loaded before.
 */
final class BuilderResources {
  private static final String NAME = "nvinfer_builder_resource";

  private BuilderResources() {}

  static void preload() {
    for (Path folder : NativeLibraries.folder()) {
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(folder, "lib" + NAME + "*.so." + TensorRtLine.MAJOR + ".*")) {
        for (Path file : files) {
          System.load(file.toAbsolutePath().toString());
        }
      } catch (IOException | UnsatisfiedLinkError e) {
        // TensorRT says which it misses.
      }
    }
  }

  /** Why a builder cannot be made. */
  static Diagnostic explain(List<String> errors) {
    String said = String.join("; ", errors);
    if (said.contains(NAME)) {
      return Diagnostic.error(
          Code.NO_BUILDER_RESOURCE,
          "TensorRT",
          "the library with the kernels of the builder is missing: " + said,
          TensorRtLine.MAJOR >= 11
              ? "install NVIDIA's TensorRT, whose lib folder has one for each kind of GPU; the copy"
                  + " from Maven Central has none for TensorRT 11"
              : "build with ./mvnw -Pgpu package, or put the lib folder of TensorRT into"
                  + " LD_LIBRARY_PATH");
    }
    return Diagnostic.error(
        Code.GPU_FAILED,
        "TensorRT",
        "the builder does not come up: " + (said.isEmpty() ? "no reason given" : said),
        "see `tf2trt doctor`");
  }
}
