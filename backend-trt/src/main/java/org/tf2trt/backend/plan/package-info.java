// SPDX-License-Identifier: Apache-2.0

/** Engine files on disk: the plan, its sidecar, and the timing cache that builds share. */
package org.tf2trt.backend.plan;
