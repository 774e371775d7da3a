// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

/** Exit codes of the command. */
final class ExitCode {
  static final int OK = 0;

  /** The model or its accuracy is at fault. */
  static final int MODEL = 1;

  static final int USAGE = 2;
  static final int OUR_BUG = 3;

  /** A sweep whose GPU is lost to this process; the same with --resume goes on. */
  static final int GPU_LOST = 4;

  private ExitCode() {}
}
