// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.Diagnostic;

/** The messages are those of the loaders of glibc and JavaCPP. */
final class MissingNativesTest {
  private static final String NOT_FOUND =
      "cannot open shared object file: No such file or directory";

  @ParameterizedTest
  @CsvSource({
    "libcuda.so.1, NO_GPU_DRIVER",
    "libcudart.so.13, NO_CUDA_RUNTIME",
    "libnvinfer.so.10, NO_TENSORRT",
    "libnvinfer_plugin.so.10, NO_TENSORRT",
    "libnvonnxparser.so.10, NO_TENSORRT",
    "libwhatever.so.3, GPU_LIBRARY"
  })
  void theLibraryThatIsMissingDecides(String library, Code code) {
    String jni = "/home/u/.javacpp/cache/cuda-linux-x86_64.jar/org/bytedeco/libjnix.so";
    Diagnostic d =
        MissingNatives.explain(
            new UnsatisfiedLinkError(jni + ": " + library + ": " + NOT_FOUND), 10);
    assertEquals(code, d.code());
    assertTrue(d.text().contains(library), d.text());
    assertTrue(!d.nextStep().isEmpty());
  }

  @Test
  void theLoadersReasonIsTheCauseOfJavaCppsError() {
    UnsatisfiedLinkError javacpp =
        new UnsatisfiedLinkError("no jnicudart in java.library.path: /usr/lib");
    javacpp.initCause(new UnsatisfiedLinkError("/x/libjnicudart.so: libcuda.so.1: " + NOT_FOUND));
    assertEquals(Code.NO_GPU_DRIVER, MissingNatives.explain(javacpp, 10).code());
  }

  @Test
  void withoutACauseTheBindingsAreMissing() {
    Diagnostic d =
        MissingNatives.explain(
            new UnsatisfiedLinkError("no jninvinfer in java.library.path: /usr/lib"), 10);
    assertEquals(Code.NO_GPU_BINDINGS, d.code());
    assertTrue(d.nextStep().contains("-Pgpu"), d.text());
  }

  @Test
  void anErrorOfAnInitialiserIsReadThrough() {
    Throwable error =
        new ExceptionInInitializerError(
            new UnsatisfiedLinkError("/x/libjnicudart.so: libcudart.so.13: " + NOT_FOUND));
    Diagnostic d = MissingNatives.explain(error, 10);
    assertEquals(Code.NO_CUDA_RUNTIME, d.code());
    assertTrue(d.nextStep().contains("CUDA 13"), d.text());
  }

  @Test
  void whatLoadsNotForAnotherReasonIsSaid() {
    Diagnostic d =
        MissingNatives.explain(
            new UnsatisfiedLinkError("/x/libnvjit.so.2: undefined symbol: cudaFoo"), 10);
    assertEquals(Code.GPU_LIBRARY, d.code());
    assertTrue(d.message().contains("undefined symbol: cudaFoo"), d.text());
    assertEquals(Code.GPU_LIBRARY, MissingNatives.explain(new LinkageError(), 10).code());
  }

  @Test
  void aDamagedLibraryIsNotCalledMissing() {
    Diagnostic d =
        MissingNatives.explain(
            new UnsatisfiedLinkError("/x/libnvinfer.so.10: /x/libnvinfer.so.10: file too short"),
            10);
    assertEquals(Code.GPU_LIBRARY, d.code());
    assertEquals("libnvinfer.so.10", d.subject());
    assertTrue(d.message().contains("file too short"), d.text());
  }

  @Test
  void tensorRt11HasToBeInstalled() {
    Diagnostic d =
        MissingNatives.explain(
            new UnsatisfiedLinkError("/x/libjninvinfer.so: libnvinfer.so.11: " + NOT_FOUND), 11);
    assertTrue(d.nextStep().startsWith("install TensorRT 11"), d.text());
  }
}
