// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tf2trt.backend.onnx.EmitOptions;
import org.tf2trt.cli.demo.SampleModel;
import org.tf2trt.cli.demo.TransposeCount;
import org.tf2trt.cli.json.ConversionJson;
import org.tf2trt.cli.json.JsonFiles;
import org.tf2trt.convert.Conversion;
import org.tf2trt.convert.ConvertRequest;
import org.tf2trt.convert.Converter;
import org.tf2trt.convert.OutputFolders;
import org.tf2trt.verify.compare.Comparison;
import org.tf2trt.verify.compare.Numbers;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.golden.GoldenFile;
import org.tf2trt.verify.golden.ModelDescription;
import org.tf2trt.verify.run.OrtRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tf2trt demo}. */
@Command(
    name = "demo",
    description =
        "Convert a bundled sample model, compare it with TensorFlow's outputs, and say what was"
            + " done and how exact it is.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final int RULES_SHOWN = 8;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The folder to write to; default: tf2trt-out.")
  private Path folder = Path.of("tf2trt-out");

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Path onnx = folder.resolve(SampleModel.NAME + ".onnx");
    Path report = folder.resolve("report.json");
    OutputFolders.check(onnx);
    Path sample = folder.resolve("sample-model");
    SampleModel.unpack(sample);
    ModelDescription model = ModelDescription.read(sample);
    TransposeCount transposes = new TransposeCount();

    Conversion done = convert(model, onnx, transposes);
    out.printf("%s: fast style transfer, exported by Keras%n", model.model());
    tell(out, done, transposes.before());
    Comparison comparison = compare(model, onnx);
    out.printf(
        "%nONNX Runtime on the emitted model, against TensorFlow on the original:%n%s",
        comparison.table());
    out.printf(
        "  largest error %s of the largest magnitude: %s%n",
        Numbers.text(comparison.error()), comparison.passed() ? "equal within 1e-4" : "TOO LARGE");
    JsonFiles.write(json(done, comparison), report);
    out.printf("%nwritten: %s, %s%n", onnx, report);
    out.flush();
    comparison.problems().forEach(spec.commandLine().getErr()::println);
    return comparison.passed() ? ExitCode.OK : ExitCode.MODEL;
  }

  private static Conversion convert(ModelDescription model, Path onnx, TransposeCount transposes) {
    return Converter.convert(
        ConvertRequest.of(model.model(), onnx).edit().observers(List.of(transposes)).build());
  }

  private static void tell(PrintWriter out, Conversion done, int transposes) {
    out.printf(
        Locale.ROOT,
        "  TensorFlow graph   %d nodes, functions inlined%n"
            + "  ONNX graph         %d nodes, opset %d, %.2f MB%n"
            + "  transposes         %d from one layout to the other, %d left, %d of them inside%n"
            + "  time               %.2f s%n",
        done.before().nodes(),
        done.after().nodes(),
        EmitOptions.DEFAULT.opset(),
        done.written().bytes() / 1e6,
        transposes,
        done.after().ops().getOrDefault("Transpose", 0),
        done.after().transposesInside(),
        done.seconds());
    String rules =
        done.rules().entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(RULES_SHOWN)
            .map(e -> "%5d  %s%n".formatted(e.getValue(), e.getKey()))
            .collect(Collectors.joining());
    out.printf("%nmost frequent rewrites:%n%s", rules);
  }

  private static Comparison compare(ModelDescription model, Path onnx) {
    Comparison all = new Comparison(List.of());
    try (OrtRunner runner = OrtRunner.open(onnx)) {
      for (GoldenFile file : model.goldens()) {
        for (Golden golden : file.read()) {
          all = all.and(GoldenCheck.check(runner, golden, model.expectation()));
        }
      }
    }
    return all;
  }

  private static ObjectNode json(Conversion done, Comparison comparison) {
    ObjectNode root = ConversionJson.of(done);
    ObjectNode node = root.putObject("verification");
    node.put("passed", comparison.passed());
    node.put("error", comparison.error());
    ArrayNode outputs = node.putArray("outputs");
    comparison.outputs().forEach(o -> JsonFiles.put(outputs.addObject(), o));
    return root;
  }
}
