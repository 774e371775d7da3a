// SPDX-License-Identifier: Apache-2.0

/** Loops over time that are LSTM, GRU or RNN ops. */
package org.tf2trt.passes.rules.recurrent;
