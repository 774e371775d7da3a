// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.cuda.global.cudart;
import org.tf2trt.backend.engine.cuda.Cuda;
import org.tf2trt.backend.engine.natives.MissingNatives;
import org.tf2trt.ir.diag.DiagnosticException;

/** Asks CUDA about GPUs; its library must be loaded. */
final class Devices {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
  private static final Pattern DRIVER_VERSION =
      Pattern.compile("\\s(\\d{3,4}\\.\\d+(?:\\.\\d+)?)\\s");

  private Devices() {}

  /**
   * Fails unless there is a GPU.
   *
   * @throws DiagnosticException NO_GPU_DRIVER
   */
  static void require() {
    int count = Cuda.deviceCount();
    if (count < 0) {
      throw new DiagnosticException(
          MissingNatives.noDriver("CUDA finds no usable driver or GPU: " + Cuda.name(-count)));
    }
    if (count == 0) {
      throw new DiagnosticException(MissingNatives.noDriver("CUDA finds no GPU"));
    }
  }

  static Device current() {
    int[] index = {0};
    Cuda.check(cudart.cudaGetDevice(index), "asking for the GPU");
    long[] memory = Cuda.memory();
    int[] versions = {0};
    Cuda.check(cudart.cudaDriverGetVersion(versions), "asking for the driver's version");
    String driverCuda = cuda(versions[0]);
    Cuda.check(cudart.cudaRuntimeGetVersion(versions), "asking for CUDA's version");
    return new Device(
        index[0],
        name(index[0]),
        attribute(cudart.cudaDevAttrComputeCapabilityMajor, index[0])
            + "."
            + attribute(cudart.cudaDevAttrComputeCapabilityMinor, index[0]),
        memory[1],
        memory[0],
        attribute(cudart.cudaDevAttrMultiProcessorCount, index[0]),
        driver(),
        driverCuda,
        cuda(versions[0]));
  }

  private static int attribute(int attribute, int device) {
    int[] value = {0};
    Cuda.check(
        cudart.cudaDeviceGetAttribute(value, attribute, device), "asking for the GPU's properties");
    return value[0];
  }

  private static String name(int device) {
    byte[] name = new byte[256];
    Cuda.check(cudart.cuDeviceGetName(name, name.length, device), "asking for the GPU's name");
    int length = 0;
    while (length < name.length && name[length] != 0) {
      length++;
    }
    return new String(name, 0, length, StandardCharsets.UTF_8);
  }

  /** CUDA counts 13000 for 13.0. */
  static String cuda(int number) {
    return number / 1000 + "." + number % 1000 / 10;
  }

  /** Version of the kernel driver, or an empty text where the kernel does not tell. */
  static String driver() {
    try {
      return driver(Files.readString(DRIVER));
    } catch (IOException notThere) {
      return "";
    }
  }

  static String driver(String text) {
    Matcher m = DRIVER_VERSION.matcher(text);
    return m.find() ? m.group(1) : "";
  }
}
