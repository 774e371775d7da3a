// SPDX-License-Identifier: Apache-2.0

/**
 * Low precision with float32 islands. TensorRT's networks are strongly typed, so the choice is in
 * the graph.
 *
 * <p>Reading order: {@link org.tf2trt.passes.precision.PrecisionPlan} (which nodes may be low, by
 * {@code LowForm} and {@code Numerics}), {@link org.tf2trt.passes.precision.PrecisionProbe} (a
 * network that tells the error of any choice), {@link org.tf2trt.passes.precision.IslandSearch}
 * (which nodes stay float32 for accuracy), {@code PrecisionCut} (where casts cost least), {@link
 * org.tf2trt.passes.precision.AssignPrecision} (the rewrite).
 */
package org.tf2trt.passes.precision;
