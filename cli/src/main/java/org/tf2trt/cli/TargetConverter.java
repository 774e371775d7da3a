// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import org.tf2trt.passes.trt.Target;
import picocli.CommandLine;

/** Reads {@code --target}. */
final class TargetConverter implements CommandLine.ITypeConverter<Target> {
  @Override
  public Target convert(String text) {
    try {
      return Target.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }
}
