// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.plugin;

/**
 * A {@link org.tf2trt.passes.Pass} or {@link org.tf2trt.passes.rewrite.Rule} of a plugin that says
 * where it runs. Those that do not say it run last of all passes on ONNX, when everything is fused.
 */
public interface Placed {
  Placement placement();
}
