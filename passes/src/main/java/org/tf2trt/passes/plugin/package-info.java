// SPDX-License-Identifier: Apache-2.0
/**
 * Users' passes and rules: jars whose providers {@link java.util.ServiceLoader} finds. A provider
 * is a {@link org.tf2trt.passes.Pass} or a {@link org.tf2trt.passes.rewrite.Rule} with a public
 * constructor without parameters, and may be {@link org.tf2trt.passes.plugin.Placed}.
 */
package org.tf2trt.passes.plugin;
