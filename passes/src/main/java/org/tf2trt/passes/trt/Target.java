// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.passes.trt;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a conversion is for: any ONNX runtime, or TensorRT's parser of certain releases. */
public enum Target {
  ONNX("onnx"),
  /** Both releases: the default for engines. */
  TRT("trt", TrtVersion.V10_6, TrtVersion.V11_2),
  TRT10("trt10.6", TrtVersion.V10_6),
  TRT11("trt11", TrtVersion.V11_2);

  private final String text;
  private final List<TrtVersion> versions;

  Target(String text, TrtVersion... versions) {
    this.text = text;
    this.versions = List.of(versions);
  }

  /** As on the command line. */
  public String text() {
    return text;
  }

  /** Releases whose restrictions all hold; empty when there is no restriction. */
  public List<TrtVersion> versions() {
    return versions;
  }

  public boolean isTensorRt() {
    return !versions.isEmpty();
  }

  /** Inverse of {@link #text()}; throws IllegalArgumentException with the names there are. */
  public static Target parse(String text) {
    return Arrays.stream(values())
        .filter(t -> t.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not one of %s"
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(Target::text)
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public String toString() {
    return text;
  }
}
