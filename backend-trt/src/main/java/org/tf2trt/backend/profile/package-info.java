// SPDX-License-Identifier: Apache-2.0

/** Optimisation profiles: the ranges of open dims that an engine is built for. */
package org.tf2trt.backend.profile;
