// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * How an image becomes a tensor: resized, cut, and each value {@code v} of 0 to 255 turned into
 * {@code (v * scale - mean) / std}.
 *
 * @param resize length of the shorter side, or height and width; empty for the size of the input
 * @param crop height and width of the middle part; empty for all
 * @param scale factor; NaN where none is given: 1/255 for floats, 1 for integers
 * @param mean one for all channels, or one for each
 * @param std likewise
 * @param channels {@code rgb}, {@code bgr}, {@code gray}; empty: by the input's channels
 */
record ImageOptions(
    List<Integer> resize,
    List<Integer> crop,
    double scale,
    List<Double> mean,
    List<Double> std,
    String channels) {
  /** Of {@code resize=256,crop=224x224,scale=1/255,mean=0.485;0.456;0.406,channels=bgr}. */
  static ImageOptions parse(String spec) {
    List<Integer> resize = List.of();
    List<Integer> crop = List.of();
    double scale = Double.NaN;
    List<Double> mean = List.of(0.0);
    List<Double> std = List.of(1.0);
    String channels = "";
    for (String part : spec.isBlank() ? new String[0] : spec.split(",", -1)) {
      int at = part.indexOf('=');
      String key = at < 0 ? part : part.substring(0, at).strip();
      String value = part.substring(at + 1).strip();
      try {
        switch (key) {
          case "resize" -> resize = sides(value);
          case "crop" -> crop = sides(value);
          case "scale" -> scale = number(value);
          case "mean" -> mean = numbers(value);
          case "std" -> std = numbers(value);
          case "channels" -> channels = value.toLowerCase(Locale.ROOT);
          default -> throw bad(part, "expected resize, crop, scale, mean, std or channels");
        }
      } catch (NumberFormatException e) {
        throw bad(part, "not a number");
      }
    }
    if (!List.of("", "rgb", "bgr", "gray").contains(channels)) {
      throw bad("channels=" + channels, "expected rgb, bgr or gray");
    }
    return new ImageOptions(resize, crop, scale, mean, std, channels);
  }

  private static List<Integer> sides(String text) {
    return Arrays.stream(text.split("x", -1)).map(Integer::parseInt).toList();
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.split(";", -1)).map(ImageOptions::number).toList();
  }

  private static double number(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? Double.parseDouble(text)
        : Double.parseDouble(text.substring(0, slash))
            / Double.parseDouble(text.substring(slash + 1));
  }

  private static DiagnosticException bad(String part, String what) {
    return DiagnosticException.of(
        Code.BAD_DATA,
        "--images '" + part + "'",
        what,
        "write it as resize=256,crop=224x224,scale=1/255,mean=0.5,std=0.5");
  }
}
