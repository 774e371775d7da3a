// SPDX-License-Identifier: Apache-2.0

/** Builds engines, and describes them and the machine they run on. */
package org.tf2trt.cli.engine;
