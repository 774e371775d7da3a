// SPDX-License-Identifier: Apache-2.0

/** Element types that TensorRT lacks, carried in types that it has. */
package org.tf2trt.passes.trt.types;
