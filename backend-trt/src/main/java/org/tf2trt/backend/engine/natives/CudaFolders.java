// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where CUDA installs its runtime, beyond the folders that the system's loader knows. */
final class CudaFolders {
  private CudaFolders() {}

  /** Folders to look in, the most specific first; an empty list leaves it to the loader. */
  static List<Path> list() {
    List<Path> folders = new ArrayList<>();
    String path = System.getenv("LD_LIBRARY_PATH");
    if (path != null) {
      for (String part : path.split(":")) {
        if (!part.isEmpty()) {
          folders.add(Path.of(part));
        }
      }
    }
    for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
      String home = System.getenv(variable);
      if (home != null && !home.isEmpty()) {
        folders.add(Path.of(home, "lib64"));
      }
    }
    folders.add(Path.of("/usr/local/cuda/lib64"));
    folders.add(Path.of("/usr/local/cuda-13.0/lib64"));
    folders.add(Path.of("/usr/local/cuda-13/lib64"));
    folders.add(Path.of("/usr/lib/x86_64-linux-gnu"));
    return folders;
  }
}
