// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.file.Path;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.IRuntime;
import org.tf2trt.backend.engine.natives.MessageLog;
import org.tf2trt.backend.engine.natives.NativeLibraries;
import org.tf2trt.backend.engine.natives.NativeObjects;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * The TensorRT of this process. Its native libraries are loaded by the first {@link #open()} and
 * stay; the object may be used by several threads.
 */
public final class TensorRt {
  private static TensorRt instance;

  private final TensorRtVersion version;
  private final IRuntime runtime;

  private TensorRt(TensorRtVersion version, IRuntime runtime) {
    this.version = version;
    this.runtime = runtime;
  }

  /**
   * Loads the natives where that has not happened yet.
   *
   * @throws DiagnosticException NO_GPU_BINDINGS, NO_GPU_DRIVER, NO_CUDA_RUNTIME, NO_TENSORRT,
   *     TENSORRT_VERSION, GPU_LIBRARY
   */
  public static synchronized TensorRt open() {
    if (instance == null) {
      NativeLibraries.loadCuda();
      Devices.require();
      NativeLibraries.loadInference();
      TensorRtVersion version = loadedVersion();
      requireLine(version);
      try (MessageLog.Recording log = MessageLog.record()) {
        IRuntime runtime = nvinfer.createInferRuntime(MessageLog.logger());
        if (NativeObjects.isMissing(runtime)) {
          throw DiagnosticException.of(
              Code.GPU_FAILED,
              "TensorRT " + version,
              "does not start: " + String.join("; ", log.errors()),
              "see `tf2trt doctor`");
        }
        // Plans for later versions hold a runtime of their own, which is code for the host.
        runtime.setEngineHostCodeAllowed(true);
        instance = new TensorRt(version, runtime);
      }
    }
    return instance;
  }

  /** What is there and what is missing; never throws and may load natives. */
  public static Probe probe() {
    return Prober.probe();
  }

  /** Version of the library in use. */
  public TensorRtVersion version() {
    return version;
  }

  /** Version that the bindings were made for. */
  public static TensorRtVersion bindings() {
    return TensorRtLine.BINDINGS;
  }

  /** The current GPU, with its free memory now. */
  public Device device() {
    return Devices.current();
  }

  /**
   * A builder, which takes some seconds to come up and can build many engines.
   *
   * @throws DiagnosticException NO_BUILDER_RESOURCE, NO_TENSORRT (of the ONNX parser), GPU_FAILED
   */
  public EngineBuilder builder() {
    NativeLibraries.loadParser();
    return EngineBuilder.open();
  }

  /**
   * Loads a plan. A plan is code for the GPU, and one that is version compatible for this machine
   * too: load only those that you trust.
   *
   * @throws DiagnosticException MODEL_NOT_FOUND, WRONG_FILE_KIND, PLAN_MISMATCH
   */
  public Engine load(Path plan) {
    return Engine.load(runtime, plan);
  }

  /** Loads what was just built, without a file. */
  public Engine load(BuiltEngine built) {
    return Engine.load(runtime, built);
  }

  static TensorRtVersion loadedVersion() {
    return new TensorRtVersion(
        nvinfer.getInferLibMajorVersion(),
        nvinfer.getInferLibMinorVersion(),
        nvinfer.getInferLibPatchVersion(),
        nvinfer.getInferLibBuildVersion());
  }

  /** Within a major version the interfaces only grow, between them they do not fit. */
  static void requireLine(TensorRtVersion version) {
    if (version.major() != TensorRtLine.MAJOR) {
      throw DiagnosticException.of(
          Code.TENSORRT_VERSION,
          "TensorRT " + version,
          "this build is made for TensorRT " + TensorRtLine.BINDINGS,
          "install TensorRT "
              + TensorRtLine.MAJOR
              + ", or build with -Dtensorrt="
              + version.major()
              + " where that is 10 or 11");
    }
    if (version.compareTo(TensorRtLine.BINDINGS) < 0
        && version.minor() < TensorRtLine.BINDINGS.minor()) {
      throw DiagnosticException.of(
          Code.TENSORRT_VERSION,
          "TensorRT " + version,
          "is older than " + TensorRtLine.BINDINGS + ", which this build is made for",
          "install a version from "
              + TensorRtLine.BINDINGS.major()
              + "."
              + TensorRtLine.BINDINGS.minor()
              + " on");
    }
  }
}
