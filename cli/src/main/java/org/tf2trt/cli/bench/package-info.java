// SPDX-License-Identifier: Apache-2.0

/** Measures engines. */
package org.tf2trt.cli.bench;
