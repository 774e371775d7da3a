// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tf2trt.ir.diag.Diagnostics;
import org.tf2trt.passes.infer.Meetings;

/**
 * What passes share during one conversion: the target opset, findings, and counts of what was done.
 */
public final class PassContext {
  private final int opset;
  private final Diagnostics diagnostics;
  private final Meetings meetings = new Meetings();
  private boolean signed = true;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private Explain explain = Explain.NONE;
  private String command = "";

  public PassContext(int opset, Diagnostics diagnostics) {
    this.opset = opset;
    this.diagnostics = diagnostics;
  }

  /** The opset that will be emitted: a pass must not make ops that are newer. */
  public int opset() {
    return opset;
  }

  public Diagnostics diagnostics() {
    return diagnostics;
  }

  /** Counts an event, for example a rule that fired, by name. */
  public void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** What was counted so far, in order of first occurrence. */
  public Map<String, Integer> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** The command line so far, without inputs and outputs, for messages that propose some. */
  public String command() {
    return command;
  }

  public void command(String text) {
    command = text;
  }

  /**
   * Whether the inputs are those of a signature: their open first dims are one batch wherever the
   * network combines them. Those of a bare graph may also broadcast, so that only ops count which
   * ask for equal dims.
   */
  public void signed(boolean isSigned) {
    signed = isSigned;
  }

  /** True when nothing else was said. */
  public boolean isSigned() {
    return signed;
  }

  /** What nodes that were made have brought together. */
  public Meetings meetings() {
    return meetings;
  }

  public Explain explain() {
    return explain;
  }

  public void explain(Explain listener) {
    explain = listener;
  }
}
