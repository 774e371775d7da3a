// SPDX-License-Identifier: Apache-2.0
/**
 * Recipes for custom ops: text files in ONNX's function syntax. {@link
 * org.tf2trt.frontend.recipe.Recipes} is the way in; docs/custom-ops.md describes the syntax.
 */
package org.tf2trt.frontend.recipe;
