// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

/** Memory pools of the builder; numbers as in TensorRT's MemoryPoolType. */
public enum MemoryPool {
  /** Scratch memory of the engine's layers. */
  WORKSPACE(0),
  DLA_MANAGED_SRAM(1),
  DLA_LOCAL_DRAM(2),
  DLA_GLOBAL_DRAM(3),
  /** Device memory that tactics may use while they are timed. */
  TACTIC_DRAM(4),
  /** Shared memory that CUDA kernels of tactics may use. */
  TACTIC_SHARED_MEMORY(5);

  private final int number;

  MemoryPool(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
