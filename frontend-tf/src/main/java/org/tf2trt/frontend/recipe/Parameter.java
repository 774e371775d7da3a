// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.recipe;

import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.schema.AttrKind;

/**
 * An attribute that a recipe takes.
 *
 * @param kind when it is declared, or as the default has it; empty for any
 * @param defaultValue when the node need not have it
 */
record Parameter(At at, String name, Optional<AttrKind> kind, Optional<Attr> defaultValue) {}
