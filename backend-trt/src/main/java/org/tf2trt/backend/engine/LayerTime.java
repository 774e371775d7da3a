// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

/**
 * Time of one layer of an engine.
 *
 * @param name as in the inspector's answer
 * @param microseconds mean over the profiled runs
 */
public record LayerTime(String name, double microseconds) {}
