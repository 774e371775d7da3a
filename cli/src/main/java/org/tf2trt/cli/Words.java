// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.util.Locale;

/** Constants as options and reports name them. */
final class Words {
  private Words() {}

  /** {@code AMPERE_PLUS} as {@code ampere-plus}. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
