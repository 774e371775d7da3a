// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.cuda.global.cudnn;
import org.bytedeco.cuda.global.nvrtc;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer_plugin;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.tf2trt.backend.engine.TensorRtLine;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Loads the native libraries, each once per process, and says what is missing.
 *
 * <p>What is needed, in this order: the driver's {@code libcuda.so.1}; CUDA's {@code
 * libcudart.so.13}, for our own use of memory, streams and graphs (TensorRT brings its own copy
 * inside); {@code libnvinfer}; for reading ONNX {@code libnvinfer_plugin} and {@code
 * libnvonnxparser}; for building {@code libnvinfer_builder_resource}. They are looked for in the
 * folder that the environment variable {@value #FOLDER_VARIABLE} names, then where the system's
 * loader looks, then on the class path (JavaCPP copies them from there into its cache once).
 */
public final class NativeLibraries {
  /** Environment variable with the folder of TensorRT's libraries. */
  public static final String FOLDER_VARIABLE = "TF2TRT_TENSORRT_DIR";

  private static final String SWITCH = "org.bytedeco.javacpp.loadlibraries";
  private static final String PLATFORM = "linux-x86_64";

  private static Diagnostic failure;
  private static boolean cuda;
  private static boolean inference;
  private static boolean plugins;
  private static boolean parser;

  private NativeLibraries() {}

  /**
   * Loads what memory, streams and device queries need.
   *
   * @throws DiagnosticException NO_GPU_BINDINGS, NO_GPU_DRIVER, NO_CUDA_RUNTIME, GPU_LIBRARY
   */
  public static synchronized void loadCuda() {
    if (cuda) {
      return;
    }
    refuseAfterFailure();
    requireBindings();
    // JavaCPP refuses to allocate when the process is larger than some multiple of the Java heap,
    // and kernels of TensorRT are. Its counting has no use here: all is closed explicitly.
    setDefault("org.bytedeco.javacpp.maxbytes", "0");
    setDefault("org.bytedeco.javacpp.maxphysicalbytes", "0");
    attempt(
        () -> {
          loadFirst(CudaFolders.list(), "libcudart.so.13");
          Loader.load(cudart.class);
          int unused = cudart.cudaSuccess; // runs the initialiser, which reads native constants
        });
    cuda = true;
  }

  /**
   * Loads what running engines needs.
   *
   * @throws DiagnosticException as {@link #loadCuda}, and NO_TENSORRT
   */
  public static synchronized void loadInference() {
    loadCuda();
    if (inference) {
      return;
    }
    refuseAfterFailure();
    attempt(
        () -> {
          skipUnneeded();
          loadFirst(folder(), "libnvinfer.so." + TensorRtLine.MAJOR);
          announceCopy();
          Loader.load(nvinfer.class);
          int unused = nvinfer.getInferLibVersion();
        });
    inference = true;
  }

  /**
   * Loads what reading ONNX needs.
   *
   * @throws DiagnosticException as {@link #loadInference}
   */
  public static synchronized void loadParser() {
    loadInference();
    if (parser) {
      return;
    }
    refuseAfterFailure();
    attempt(
        () -> {
          registerPlugins();
          loadFirst(folder(), "libnvonnxparser.so." + TensorRtLine.MAJOR);
          Loader.load(nvonnxparser.class);
          int unused = nvonnxparser.getNvOnnxParserVersion();
        });
    parser = true;
  }

  /**
   * Loads TensorRT's own plugins, which some ops of ONNX become and some plans hold.
   *
   * @return false when their library is missing, which most plans do not mind
   */
  public static synchronized boolean loadPlugins() {
    loadInference();
    try {
      registerPlugins();
      return true;
    } catch (LinkageError missing) {
      return false;
    }
  }

  private static void registerPlugins() {
    if (!plugins) {
      loadFirst(folder(), "libnvinfer_plugin.so." + TensorRtLine.MAJOR);
      Loader.load(nvinfer_plugin.class);
      plugins = nvinfer_plugin.initLibNvInferPlugins(MessageLog.logger(), "");
    }
  }

  /** The folder that {@value #FOLDER_VARIABLE} names, if any. */
  public static List<Path> folder() {
    String named = System.getenv(FOLDER_VARIABLE);
    return named == null || named.isEmpty() ? List.of() : List.of(Path.of(named));
  }

  /**
   * The bindings' classes are there in every build, their native parts are not.
   *
   * @throws DiagnosticException NO_GPU_BINDINGS
   */
  public static void requireBindings() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    if (!os.contains("linux") || !(arch.equals("amd64") || arch.equals("x86_64"))) {
      throw new DiagnosticException(
          MissingNatives.noBindings("there are none for " + os + " on " + arch));
    }
    for (String library :
        List.of(
            "javacpp/" + PLATFORM + "/libjnijavacpp.so",
            "cuda/" + PLATFORM + "/libjnicudart.so",
            "tensorrt/" + PLATFORM + "/libjninvinfer.so")) {
      if (Loader.class.getResource("/org/bytedeco/" + library) == null) {
        String name = new File(library).getName();
        throw new DiagnosticException(
            MissingNatives.noBindings("this build has no native parts (" + name + " is missing)"));
      }
    }
  }

  /** A failed class initialiser does not run again, so that the first reason is the only one. */
  private static void refuseAfterFailure() {
    if (failure != null) {
      throw new DiagnosticException(failure);
    }
  }

  private static void attempt(Runnable loading) {
    try {
      loading.run();
    } catch (LinkageError e) {
      failure = MissingNatives.explain(e, TensorRtLine.MAJOR);
      throw new DiagnosticException(failure);
    }
  }

  /**
   * The bindings of TensorRT declare that they inherit those of cuBLAS, cuDNN and NVRTC, which
   * would have to load; TensorRT itself needs none of them. Initialising these classes while
   * JavaCPP's loading is switched off leaves them empty.
   */
  private static void skipUnneeded() {
    String before = System.getProperty(SWITCH);
    System.setProperty(SWITCH, "false");
    try {
      for (Class<?> unneeded :
          List.of(
              cublas.class,
              cudnn.class,
              nvrtc.class,
              // This one only warns that it is older than JavaCPP.
              org.bytedeco.tensorrt.presets.nvinfer.class)) {
        Class.forName(unneeded.getName(), true, unneeded.getClassLoader());
      }
    } catch (ClassNotFoundException e) {
      throw new LinkageError(e.getMessage(), e);
    } finally {
      if (before == null) {
        System.clearProperty(SWITCH);
      } else {
        System.setProperty(SWITCH, before);
      }
    }
  }

  /** TensorRT from the class path is copied into JavaCPP's cache, which takes a while once. */
  private static void announceCopy() {
    String library = "/org/bytedeco/tensorrt/" + PLATFORM + "/libnvinfer.so." + TensorRtLine.MAJOR;
    if (Loader.class.getResource(library) == null) {
      return;
    }
    try {
      File[] copied =
          Loader.getCacheDir()
              .listFiles((folder, name) -> name.startsWith("tensorrt-") && name.contains("redist"));
      if (copied == null || copied.length == 0) {
        System.err.println(
            "tf2trt: copying TensorRT's libraries (1.7 GB) to "
                + Loader.getCacheDir()
                + "; this happens once");
      }
    } catch (IOException unknownCache) {
      // Loading tells what is wrong with it.
    }
  }

  /** Loads the first that exists; the loader then takes it wherever its name is asked for. */
  static boolean loadFirst(List<Path> folders, String library) {
    for (Path folder : folders) {
      Path file = folder.resolve(library).toAbsolutePath();
      if (Files.isRegularFile(file)) {
        System.load(file.toString());
        return true;
      }
    }
    return false;
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
