// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

/**
 * One error of TensorRT's ONNX parser, as it reports it.
 *
 * @param code for example {@code UNSUPPORTED_NODE}
 * @param description the parser's words
 * @param nodeIndex position in the ONNX graph; -1 where the parser names none
 * @param nodeName the ONNX node's name, or empty
 * @param operator the ONNX op, or empty
 */
public record ParserMessage(
    String code, String description, int nodeIndex, String nodeName, String operator) {}
