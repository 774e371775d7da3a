// SPDX-License-Identifier: Apache-2.0

/** What engines need of the CUDA runtime: memory, streams, events, graphs. Needs loaded natives. */
package org.tf2trt.backend.engine.cuda;
