// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of a verification against TensorFlow. */
public final class VerifyOptions {
  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How many samples to compare, rounded up to whole calls; default: one call.")
  long samples;

  @Option(
      names = "--data",
      paramLabel = "[INPUT=]PATH",
      description =
          "Feed a .npz, a .npy, a .tfrecord, a .csv or a folder of images instead of made-up"
              + " data.")
  String data;

  @Option(
      names = "--images",
      paramLabel = "SPEC",
      description =
          "How images become a tensor: 'resize=256,crop=224x224,scale=1/255,mean=0.5,std=0.5',"
              + " also channels=rgb|bgr|gray; default: resize to the input's size, scale=1/255.")
  String images = "";

  @Option(
      names = "--range",
      paramLabel = "NAME=LO..HI",
      description =
          "Values of made-up data. Default: floats -1..1, scalars 0.5..1; uint8 0..255, other"
              + " integers below the size of the table they index, else 0..9, scalars 1..9.")
  Map<String, String> ranges = new LinkedHashMap<>();

  @Option(
      names = "--dim",
      paramLabel = "NAME=N",
      description =
          "Size of an open dim, by the name that 'tf2trt inspect' shows. Default: batch 2, images"
              + " 64x64x3, others 16.")
  Map<String, Long> dims = new LinkedHashMap<>();

  @Option(
      names = "--tolerance",
      paramLabel = "[OUTPUT=]X",
      split = ",",
      description = "Largest error of float outputs over their largest magnitude.")
  List<String> tolerances = List.of();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "Keep what is known so far in FILE; go on there when it exists.")
  Path state;

  @Option(
      names = "--part",
      paramLabel = "K/N",
      description =
          "Run the K-th of N parts of the samples, with a --state of its own; the parts can run side"
              + " by side, on several machines.")
  String part;

  @Option(
      names = "--merge",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Run nothing: judge and report what the --state files of all parts know together.")
  List<Path> merge = List.of();

  @Option(
      names = "--html",
      paramLabel = "FILE.html",
      description = "Write a page with tables and plots that needs nothing else to be read.")
  Path html;

  @Option(
      names = "--conversion",
      paramLabel = "FILE.json",
      description = "What 'tf2trt convert --report' wrote: its summary goes into the reports.")
  Path conversion;

  @Option(
      names = "--bench",
      paramLabel = "FILE.json",
      description =
          "What 'tf2trt bench --json' printed about an engine of the model: goes into the reports as"
              + " a table of latencies. Repeatable.")
  List<Path> benches = List.of();

  @Option(
      names = "--bisect",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "When outputs differ, find the first TensorFlow node that does and cut it out.")
  boolean bisect = true;

  @Option(
      names = "--reproducer",
      paramLabel = "FOLDER",
      description = "Where the cut-out goes; default: OUT.reproducer beside the converted model.")
  Path reproducer;

  /** The conversion's report when it was made in this process. */
  ObjectNode converted;

  /** For an engine. */
  PlanOrigin origin = PlanOrigin.UNKNOWN;

  /** The same for an engine of which this is known. */
  public VerifyOptions with(PlanOrigin known) {
    origin = known;
    return this;
  }

  /** What {@code --tolerance} says, by output; the empty name is for all. */
  public Map<String, Double> tolerances() {
    return Tolerances.parse(tolerances).given();
  }

  /** Those of the options that were given and mean nothing without the original model. */
  public List<String> forOriginal() {
    Map<String, Boolean> given = new LinkedHashMap<>();
    given.put("--samples", samples != 0);
    given.put("--data", data != null);
    given.put("--images", !images.isEmpty());
    given.put("--range", !ranges.isEmpty());
    given.put("--dim", !dims.isEmpty());
    given.put("--state", state != null);
    given.put("--part", part != null);
    given.put("--merge", !merge.isEmpty());
    given.put("--html", html != null);
    given.put("--conversion", conversion != null);
    given.put("--bench", !benches.isEmpty());
    given.put("--no-bisect", !bisect);
    given.put("--reproducer", reproducer != null);
    return given.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }

  /** One call, nothing kept. */
  public static VerifyOptions once() {
    return new VerifyOptions();
  }

  /** The same behind a conversion, whose report goes into the page; {@code page} may be null. */
  public static VerifyOptions behind(ObjectNode conversion, Path page) {
    VerifyOptions options = once();
    options.converted = conversion;
    options.html = page;
    return options;
  }
}
