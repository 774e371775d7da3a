// SPDX-License-Identifier: Apache-2.0

/** The layers of an engine, as TensorRT's inspector describes them. */
package org.tf2trt.cli.layers;
