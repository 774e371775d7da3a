// SPDX-License-Identifier: Apache-2.0

/** Finding and loading native libraries, and what the bindings of TensorRT lack. */
package org.tf2trt.backend.engine.natives;
