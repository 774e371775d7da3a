// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

/**
 * Lowerings of a plugin, found with {@link java.util.ServiceLoader} in the jar that {@code
 * --plugin} names:
 *
 * <pre>
 *   public final class MyOps implements LoweringProvider {
 *     public void addTo(LoweringTable table) {
 *       table.one("my_custom_op", (node, build) -> build.op("Relu", node.input(0)));
 *     }
 *   }
 * </pre>
 *
 * <p>A lowering for an op that has a built-in one takes its place.
 */
@FunctionalInterface
public interface LoweringProvider {
  /** Adds to an empty table, as the built-in themes do. */
  void addTo(LoweringTable table);
}
