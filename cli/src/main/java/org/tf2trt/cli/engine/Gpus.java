// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import org.tf2trt.backend.engine.Device;
import org.tf2trt.backend.plan.Sidecar;

/** Devices as sidecars describe them. */
final class Gpus {
  private Gpus() {}

  static Sidecar.Gpu of(Device device) {
    return new Sidecar.Gpu(
        device.name(), device.computeCapability(), device.driver(), device.cudaRuntime());
  }
}
