// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.tf2trt.backend.files.AtomicFiles;
import org.tf2trt.cli.engine.LoadedPlan;
import org.tf2trt.convert.OutputFolders;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.golden.Golden;
import org.tf2trt.verify.golden.GoldenCheck;
import org.tf2trt.verify.npy.Npz;
import org.tf2trt.verify.run.TrtRunner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tf2trt run}. */
@Command(
    name = "run",
    description = "Run a TensorRT engine on given inputs and save what it computes.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  tf2trt run my_model.plan --inputs io.npz -o out.npz",
      "  tf2trt run stripped.plan --weights my_model.onnx --inputs io.npz -o out.npz",
      ""
    })
final class RunCommand implements Callable<Integer> {
  private static final String IN = "in/";
  private static final String OUT = "out/";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Mixin private PlanParameter plan = new PlanParameter();

  @Option(
      names = "--inputs",
      required = true,
      paramLabel = "IO.npz",
      description = "Arrays in/NAME, or NAME where there is no such array.")
  private Path inputs;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT.npz",
      description = "The file for the arrays out/NAME.")
  private Path output;

  @Override
  public Integer call() {
    OutputFolders.check(output);
    Map<String, TensorData> given = read(inputs);
    try (LoadedPlan loaded = plan.open();
        TrtRunner runner = new TrtRunner(loaded.engine())) {
      Map<String, TensorData> results =
          GoldenCheck.run(runner, new Golden(given, new LinkedHashMap<>()));
      write(results);
      PrintWriter out = spec.commandLine().getOut();
      results.forEach((name, data) -> out.println(OUT + name + ": " + data.type()));
      out.flush();
    }
    return ExitCode.OK;
  }

  /** Inputs by name, from either form of names. */
  static Map<String, TensorData> read(Path file) {
    Map<String, TensorData> prefixed = new LinkedHashMap<>();
    Map<String, TensorData> bare = new LinkedHashMap<>();
    try (Npz npz = Npz.open(file)) {
      for (String name : npz.names()) {
        if (name.startsWith(IN)) {
          prefixed.put(name.substring(IN.length()), npz.read(name));
        } else if (!name.startsWith(OUT)) {
          bare.put(name, npz.read(name));
        }
      }
    }
    if (prefixed.isEmpty() && bare.isEmpty()) {
      throw DiagnosticException.of(
          Code.BAD_DATA,
          file.toString(),
          "it has no arrays to feed",
          "save them as in/NAME or NAME");
    }
    return prefixed.isEmpty() ? bare : prefixed;
  }

  private void write(Map<String, TensorData> results) {
    Map<String, TensorData> arrays = new LinkedHashMap<>();
    results.forEach((name, data) -> arrays.put(OUT + name, data));
    try {
      Files.createDirectories(output.toAbsolutePath().getParent());
      try (AtomicFiles files = new AtomicFiles()) {
        Npz.write(files.create(output), arrays);
        files.commit();
      }
    } catch (IOException e) {
      throw DiagnosticException.of(
          Code.OUTPUT_NOT_WRITABLE,
          output.toString(),
          "it cannot be written: " + e.getMessage(),
          "choose another place with -o");
    }
  }
}
