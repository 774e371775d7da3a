// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests where TensorFlow's native library was not fetched: {@code ./mvnw -Ptensorflow}. */
public final class NeedsTensorFlow implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return TensorFlowNatives.present()
        ? ConditionEvaluationResult.enabled("TensorFlow is there")
        : ConditionEvaluationResult.disabled("build with -Ptensorflow to run this");
  }
}
