// SPDX-License-Identifier: Apache-2.0

/** Output files that appear whole or not at all. */
package org.tf2trt.backend.files;
