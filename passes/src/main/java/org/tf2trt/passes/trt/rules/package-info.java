// SPDX-License-Identifier: Apache-2.0

/** Equal forms of what TensorRT's parser does not take. */
package org.tf2trt.passes.trt.rules;
