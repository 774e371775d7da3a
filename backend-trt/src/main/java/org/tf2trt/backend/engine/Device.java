// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

/**
 * A GPU.
 *
 * @param index as CUDA counts
 * @param name for example {@code NVIDIA H200}
 * @param computeCapability for example {@code 9.0}
 * @param totalMemory in bytes
 * @param freeMemory in bytes, when asked
 * @param multiprocessors number of streaming multiprocessors
 * @param driver version of the kernel driver, for example {@code 580.82.07}; empty when it cannot
 *     be found
 * @param driverCuda the newest CUDA that the driver supports, for example {@code 13.0}
 * @param cudaRuntime version of the CUDA runtime library in use, for example {@code 13.0}
 */
public record Device(
    int index,
    String name,
    String computeCapability,
    long totalMemory,
    long freeMemory,
    int multiprocessors,
    String driver,
    String driverCuda,
    String cudaRuntime) {}
