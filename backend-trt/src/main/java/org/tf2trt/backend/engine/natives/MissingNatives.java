// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;

/** Says in words why a native library did not load, and what to do about it. */
public final class MissingNatives {
  /** What glibc's loader says of a library that is not there; else it is there and unusable. */
  private static final String ABSENT = "cannot open shared object file";

  private static final Pattern SHARED_OBJECT = Pattern.compile("(lib[\\w+-]+\\.so[.\\d]*)");
  private static final Pattern IN_PATH = Pattern.compile("no (\\S+) in java\\.library\\.path");

  private MissingNatives() {}

  /**
   * The diagnostic for an error of loading.
   *
   * @param error an {@link UnsatisfiedLinkError}, or an error that it caused
   * @param tensorRtMajor the line of TensorRT that is asked for
   */
  public static Diagnostic explain(Throwable error, int tensorRtMajor) {
    String library = missing(error);
    String said = rootMessage(error);
    if (!library.startsWith("jni") && !said.contains(ABSENT)) {
      return damaged(library, said);
    }
    if (library.startsWith("libcuda.so")) {
      return noDriver("the NVIDIA driver's library " + library + " is not installed");
    }
    if (library.startsWith("libcudart.so")) {
      return Diagnostic.error(
          Code.NO_CUDA_RUNTIME,
          library,
          "the CUDA runtime is not installed where the loader looks",
          "install CUDA "
              + version(library)
              + ", or put the folder with "
              + library
              + " into LD_LIBRARY_PATH");
    }
    if (library.startsWith("libnvinfer") || library.startsWith("libnvonnxparser")) {
      return Diagnostic.error(
          Code.NO_TENSORRT,
          library,
          "TensorRT is not installed where the loader looks",
          noTensorRtAdvice(tensorRtMajor));
    }
    if (library.startsWith("jni")) {
      return noBindings("the native part " + library + " of the bindings is not on the class path");
    }
    return damaged(library, said);
  }

  private static Diagnostic damaged(String library, String said) {
    return Diagnostic.error(
        Code.GPU_LIBRARY,
        library.isEmpty() ? "native libraries" : library,
        "does not load: " + said,
        "compare the versions that `tf2trt doctor` shows with those of docs/gpu.md");
  }

  static String noTensorRtAdvice(int major) {
    return major >= 11
        ? "install TensorRT "
            + major
            + " from NVIDIA and put its lib folder into LD_LIBRARY_PATH or TF2TRT_TENSORRT_DIR"
        : "build with ./mvnw -Pgpu package, which brings TensorRT, or put the lib folder of an"
            + " installed TensorRT "
            + major
            + " into LD_LIBRARY_PATH or TF2TRT_TENSORRT_DIR";
  }

  /** No driver, or one without a GPU. */
  public static Diagnostic noDriver(String why) {
    return Diagnostic.error(
        Code.NO_GPU_DRIVER,
        "NVIDIA driver",
        why,
        "run on a machine with an NVIDIA GPU whose driver is installed (nvidia-smi shows it)");
  }

  /** The default build. */
  public static Diagnostic noBindings(String why) {
    return Diagnostic.error(
        Code.NO_GPU_BINDINGS,
        "class path",
        why,
        "build with ./mvnw -Pgpu package (or TF2TRT_GPU=1 ./tf2trt), on 64-bit x86 Linux");
  }

  /** The library that an error names, or an empty text. */
  static String missing(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      String message = t.getMessage() == null ? "" : t.getMessage();
      Matcher path = IN_PATH.matcher(message);
      if (path.find()) {
        // JavaCPP's own attempt comes last, the loader's reason is its cause.
        String deeper = t.getCause() == null ? "" : missing(t.getCause());
        return deeper.isEmpty() ? path.group(1) : deeper;
      }
      // "/x/libjnicudart.so: libcuda.so.1: cannot open shared object file": the second is missing.
      String named = "";
      Matcher object = SHARED_OBJECT.matcher(message);
      while (object.find()) {
        named = object.group(1);
      }
      if (!named.isEmpty()) {
        return named;
      }
    }
    return "";
  }

  private static String rootMessage(Throwable error) {
    Throwable t = error;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    return t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
  }

  private static String version(String library) {
    return library.substring(library.lastIndexOf('.') + 1);
  }
}
