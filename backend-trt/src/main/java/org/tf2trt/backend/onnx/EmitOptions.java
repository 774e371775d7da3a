// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a model is written.
 *
 * @param opset version of the default operator set, {@value #MIN_OPSET} to {@value #MAX_OPSET}
 * @param irVersion version of the file format; at most 11, 0 for the lowest that has the opset
 * @param externalData whether weights go beside the model
 * @param externalLimit {@link ExternalData#AUTO}: bytes of the model file beyond which weights go
 *     beside it
 * @param externalTensor bytes from which on a tensor is put into the external file, if there is one
 * @param producer name of the producing tool
 * @param producerVersion its version
 * @param metadata key-value pairs of the model, written in this order
 */
public record EmitOptions(
    int opset,
    int irVersion,
    ExternalData externalData,
    long externalLimit,
    long externalTensor,
    String producer,
    String producerVersion,
    Map<String, String> metadata) {
  public static final int MIN_OPSET = 15;
  public static final int MAX_OPSET = 23;
  static final int MAX_IR_VERSION = 11;

  /** Opset 17, weights inside where they fit. */
  public static final EmitOptions DEFAULT =
      new EmitOptions(
          17, 0, ExternalData.AUTO, Integer.MAX_VALUE, 1024, "tf2trt", "", new LinkedHashMap<>());

  public EmitOptions {
    if (opset < MIN_OPSET || opset > MAX_OPSET) {
      throw new IllegalArgumentException(
          "opset " + opset + " is not in " + MIN_OPSET + ".." + MAX_OPSET);
    }
    irVersion = irVersion == 0 ? lowestIrVersion(opset) : irVersion;
    if (irVersion < lowestIrVersion(opset) || irVersion > MAX_IR_VERSION) {
      throw new IllegalArgumentException(
          "IR version %d is not in %d..%d, as opset %d asks"
              .formatted(irVersion, lowestIrVersion(opset), MAX_IR_VERSION, opset));
    }
    externalLimit = Math.min(externalLimit, Integer.MAX_VALUE);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** The file format version that each opset was released with (ONNX Versioning.md). */
  public static int lowestIrVersion(int opset) {
    return opset >= 23 ? 11 : opset >= 21 ? 10 : opset >= 19 ? 9 : opset >= 15 ? 8 : 7;
  }

  /** The same for another opset, with the lowest IR version that has it. */
  public EmitOptions withOpset(int newOpset) {
    return new EmitOptions(
        newOpset,
        0,
        externalData,
        externalLimit,
        externalTensor,
        producer,
        producerVersion,
        metadata);
  }

  public EmitOptions withIrVersion(int newIrVersion) {
    return new EmitOptions(
        opset,
        newIrVersion,
        externalData,
        externalLimit,
        externalTensor,
        producer,
        producerVersion,
        metadata);
  }

  public EmitOptions withExternalData(ExternalData mode) {
    return withExternalData(mode, externalLimit, externalTensor);
  }

  public EmitOptions withExternalData(ExternalData mode, long limit, long tensor) {
    return new EmitOptions(
        opset, irVersion, mode, limit, tensor, producer, producerVersion, metadata);
  }

  public EmitOptions withProducer(String name, String version) {
    return new EmitOptions(
        opset, irVersion, externalData, externalLimit, externalTensor, name, version, metadata);
  }

  public EmitOptions withMetadata(Map<String, String> newMetadata) {
    return new EmitOptions(
        opset,
        irVersion,
        externalData,
        externalLimit,
        externalTensor,
        producer,
        producerVersion,
        newMetadata);
  }
}
