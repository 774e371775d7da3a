// SPDX-License-Identifier: Apache-2.0

/** Minimum cuts of flow networks: how passes make choices for a whole graph at once. */
package org.tf2trt.passes.cut;
