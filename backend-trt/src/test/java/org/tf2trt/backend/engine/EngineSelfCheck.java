// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import static org.tf2trt.backend.engine.SelfCheckData.inputs;
import static org.tf2trt.backend.engine.SelfCheckData.median;
import static org.tf2trt.backend.engine.SelfCheckData.profiles;
import static org.tf2trt.backend.engine.SelfCheckData.require;
import static org.tf2trt.backend.engine.SelfCheckData.residentKilobytes;
import static org.tf2trt.backend.engine.SelfCheckData.summary;
import static org.tf2trt.backend.engine.SelfCheckData.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.tf2trt.backend.engine.cuda.Cuda;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Diagnostic;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Checks the engine classes on a machine with a GPU, without a test framework:
 *
 * <pre>java -cp ... org.tf2trt.backend.engine.EngineSelfCheck MODEL.onnx [WORK_FOLDER]</pre>
 *
 * Open extents are taken as 1..2..4 for the first dim of an input and as 1..32..64 else. Prints one
 * line per check and ends with 1 when one failed.
 */
final class EngineSelfCheck {
  private final Path onnx;
  private final Path work;
  private TensorRt rt;
  private EngineBuilder builder;
  private int failures;

  private EngineSelfCheck(Path onnx, Path work) {
    this.onnx = onnx;
    this.work = work;
  }

  private interface Check {
    String run() throws Exception;
  }

  public static void main(String[] args) throws IOException {
    Path work = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("tf2trt");
    Files.createDirectories(work);
    EngineSelfCheck checks = new EngineSelfCheck(Path.of(args[0]), work);
    checks.all();
    System.out.println(checks.failures == 0 ? "ALL OK" : checks.failures + " FAILED");
    System.exit(checks.failures == 0 ? 0 : 1);
  }

  private void check(String name, Check check) {
    long start = System.nanoTime();
    String result;
    try {
      result = "ok    " + check.run();
    } catch (DiagnosticException e) {
      failures++;
      result = "FAIL  " + e.getMessage();
    } catch (Exception | LinkageError e) {
      failures++;
      e.printStackTrace(System.out);
      result = "FAIL  " + e;
    }
    System.out.printf("%-22s %7.2f s  %s%n", name, (System.nanoTime() - start) * 1e-9, result);
    System.out.flush();
  }

  private void all() {
    check(
        "open",
        () -> {
          rt = TensorRt.open();
          return rt.version() + " on " + rt.device();
        });
    if (rt == null) {
      TensorRt.probe().items().forEach(System.out::println);
      return;
    }
    check(
        "builder",
        () -> {
          builder = rt.builder();
          return "up in " + builder.startSeconds() + " s";
        });
    if (builder == null) {
      return;
    }
    AtomicReference<ParseReport> report = new AtomicReference<>();
    check(
        "parse",
        () -> {
          report.set(builder.parse(onnx));
          require(report.get().accepted(), report.get().diagnostics().toString());
          return report.get().inputs() + " -> " + report.get().outputs();
        });
    if (report.get() == null || !report.get().accepted()) {
      return;
    }
    BuildOptions base =
        BuildOptions.DEFAULT.edit().optimizationLevel(1).profiles(profiles(report.get())).build();
    Path plan = work.resolve("a.plan");
    Path cache = work.resolve("timing.cache");
    check("build", () -> build(base, plan, cache));
    check("rebuild with cache", () -> build(base.withTimingCache(cache), plan, cache));
    if (!Files.exists(plan)) {
      return;
    }
    check("load and run", () -> loadAndRun(plan));
    check("run twice is equal", () -> runTwice(plan));
    check("graph", () -> graph(plan));
    check("dynamic shapes", () -> dynamic(plan));
    check("layers", () -> layers(plan));
    check("layer times", () -> layerTimes(plan));
    check("two threads", () -> twoThreads(plan));
    check("marked outputs", () -> marked(base.withTimingCache(cache)));
    check("refit", () -> refit(base.withTimingCache(cache).edit().refit(true).build(), false));
    check(
        "strip", () -> refit(base.withTimingCache(cache).edit().stripWeights(true).build(), true));
    check(
        "weight streaming",
        () -> streamed(base.withTimingCache(cache).edit().weightStreaming(true).build()));
    SelfCheckNetworks networks = new SelfCheckNetworks(rt, builder, work);
    check("plugins", networks::plugins);
    check("extents from data", networks::dataDependent);
    check("element types", networks::types);
    check("damaged plan", () -> damaged(plan));
    check("wrong input", () -> wrongInput(plan));
    check("cancel or progress", () -> progress(base));
    check("100 cycles", () -> cycles(plan));
    check("3 build cycles", () -> buildCycles(base.withTimingCache(cache)));
    check(
        "close",
        () -> {
          builder.close();
          return "builder closed";
        });
  }

  private String build(BuildOptions options, Path plan, Path cache) throws IOException {
    try (BuiltEngine built = builder.build(onnx, options, BuildProgress.NONE)) {
      write(built, plan);
      Files.write(cache, built.notes().timingCache());
      for (Diagnostic w : built.notes().warnings()) {
        System.out.println("    " + w);
      }
      return built.size()
          + " bytes in "
          + built.notes().seconds()
          + " s, cache "
          + built.notes().timingCache().length
          + " bytes, grown by "
          + built.notes().timingCacheGrown();
    }
  }

  private String loadAndRun(Path plan) {
    try (Engine engine = rt.load(plan);
        ExecutionContext context = engine.newContext(0)) {
      String result = summary(context.run(inputs(engine, 1)));
      return engine.inputs() + " " + engine.deviceMemory() + " bytes of scratch; " + result;
    }
  }

  private String runTwice(Path plan) {
    try (Engine engine = rt.load(plan);
        ExecutionContext context = engine.newContext(0)) {
      Map<String, TensorData> first = context.run(inputs(engine, 1));
      Map<String, TensorData> second = context.run(inputs(engine, 1));
      first.forEach((n, t) -> require(t.sameAs(second.get(n)), n + " differs"));
      return "equal";
    }
  }

  private String graph(Path plan) {
    try (Engine engine = rt.load(plan);
        ExecutionContext context = engine.newContext(0)) {
      Map<String, TensorData> plain = context.run(inputs(engine, 1));
      double without = median(context.time(200));
      Optional<Diagnostic> why = context.captureGraph();
      require(why.isEmpty(), "not captured: " + why);
      Map<String, TensorData> replayed = context.run(inputs(engine, 1));
      plain.forEach((n, t) -> require(t.sameAs(replayed.get(n)), n + " differs"));
      double with = median(context.time(200));
      return String.format(
          "%.1f us without, %.1f us with; with copies %.1f us, up %.1f us, down %.1f us",
          without,
          with,
          median(context.timeWithCopies(50)),
          median(context.timeUpload(50)),
          median(context.timeDownload(50)));
    }
  }

  private String dynamic(Path plan) {
    try (Engine engine = rt.load(plan);
        ExecutionContext context = engine.newContext(0)) {
      if (engine.inputs().stream().allMatch(Binding::isStatic)) {
        return "static";
      }
      StringBuilder text = new StringBuilder();
      Optional<Diagnostic> captured = Optional.empty();
      for (long batch : new long[] {1, 4, 2, 1}) {
        text.append(summary(context.run(inputs(engine, batch))));
        captured = context.captureGraph();
      }
      return text + (captured.isEmpty() ? "graph recaptured" : captured.toString());
    }
  }

  private String layers(Path plan) throws IOException {
    try (Engine engine = rt.load(plan)) {
      String json = engine.inspect();
      Files.writeString(work.resolve("layers.json"), json);
      return engine.layerCount() + " layers, JSON of " + json.length() + " chars";
    }
  }

  private String layerTimes(Path plan) {
    try (Engine engine = rt.load(plan);
        ExecutionContext context = engine.newContext(0)) {
      context.run(inputs(engine, 1));
      List<LayerTime> times = context.timeLayers(10);
      require(!times.isEmpty(), "no layer was reported");
      double sum = times.stream().mapToDouble(LayerTime::microseconds).sum();
      return times.size() + " layers, " + sum + " us; first " + times.get(0);
    }
  }

  private String twoThreads(Path plan) throws InterruptedException {
    try (Engine engine = rt.load(plan)) {
      Map<String, TensorData> expected;
      try (ExecutionContext context = engine.newContext(0)) {
        expected = context.run(inputs(engine, 1));
      }
      List<Throwable> problems = java.util.Collections.synchronizedList(new ArrayList<>());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        Thread t =
            new Thread(
                () -> {
                  try (ExecutionContext context = engine.newContext(0)) {
                    for (int n = 0; n < 50; n++) {
                      Map<String, TensorData> got = context.run(inputs(engine, 1));
                      expected.forEach((k, v) -> require(v.sameAs(got.get(k)), k + " differs"));
                    }
                  }
                });
        t.setUncaughtExceptionHandler((thread, e) -> problems.add(e));
        threads.add(t);
        t.start();
      }
      for (Thread t : threads) {
        t.join();
      }
      require(problems.isEmpty(), problems.toString());
      return "2 x 50 runs equal";
    }
  }

  private String marked(BuildOptions options) {
    List<String> names =
        org.tf2trt.backend.onnx.format.OnnxFile.parse(onnx).getGraph().getNodeList().stream()
            .map(n -> n.getOutput(0))
            .toList();
    List<String> some = names.subList(0, Math.min(5, names.size()));
    try (BuiltEngine built =
            builder.build(onnx, options.withMarkedOutputs(some), BuildProgress.NONE);
        Engine engine = rt.load(built);
        ExecutionContext context = engine.newContext(0)) {
      return context.run(inputs(engine, 1)).keySet() + " " + built.notes().warnings();
    }
  }

  private String refit(BuildOptions options, boolean stripped) throws IOException {
    Path plan = work.resolve(stripped ? "stripped.plan" : "refit.plan");
    try (BuiltEngine built = builder.build(onnx, options, BuildProgress.NONE)) {
      write(built, plan);
    }
    try (Engine engine = rt.load(plan)) {
      Map<String, TensorData> before;
      try (ExecutionContext context = engine.newContext(0)) {
        before = context.run(inputs(engine, 1));
      }
      int all;
      int missing;
      try (Refit refit = engine.refit()) {
        all = refit.all().size();
        missing = refit.missing().size();
        try {
          refit.from(onnx);
        } catch (DiagnosticException e) {
          System.out.println("    " + e.getMessage() + "\n    all: " + refit.all());
          require(!stripped, "a stripped engine cannot be refitted");
          System.out.println("    kept: " + refit.namedFrom(onnx));
        }
      }
      try (ExecutionContext context = engine.newContext(0)) {
        Map<String, TensorData> after = context.run(inputs(engine, 1));
        boolean equal = true;
        for (String name : before.keySet()) {
          equal &= before.get(name).sameAs(after.get(name));
        }
        require(stripped || equal, "refitting with the same weights changed the outputs");
        return Files.size(plan)
            + " bytes, "
            + all
            + " weights, "
            + missing
            + " missing; "
            + summary(after);
      }
    }
  }

  private String streamed(BuildOptions options) {
    try (BuiltEngine built = builder.build(onnx, options, BuildProgress.NONE)) {
      Map<String, TensorData> whole;
      try (Engine engine = rt.load(built);
          ExecutionContext context = engine.newContext(0)) {
        whole = context.run(inputs(engine, 1));
      }
      try (Engine engine = rt.load(built)) {
        long bytes = engine.streamableWeights();
        engine.weightStreamingBudget(0);
        try (ExecutionContext context = engine.newContext(0)) {
          Map<String, TensorData> streamed = context.run(inputs(engine, 1));
          whole.forEach((n, t) -> require(t.sameAs(streamed.get(n)), n + " differs"));
        }
        return bytes + " bytes of weights streamed, equal outputs";
      }
    }
  }

  private String damaged(Path plan) throws IOException {
    byte[] bytes = Files.readAllBytes(plan);
    Path bad = work.resolve("damaged.plan");
    StringBuilder text = new StringBuilder();
    Files.write(bad, Arrays.copyOf(bytes, bytes.length / 2));
    text.append(refusal(bad)).append(" | ");
    Files.write(bad, new byte[] {1, 2, 3, 4});
    text.append(refusal(bad)).append(" | ");
    byte[] flipped = bytes.clone();
    flipped[30] ^= 0x55;
    flipped[8] ^= 0x55;
    Files.write(bad, flipped);
    text.append(refusal(bad));
    return text.toString();
  }

  private String refusal(Path plan) {
    try (Engine engine = rt.load(plan)) {
      throw new IllegalStateException("loaded a damaged plan: " + engine.inputs());
    } catch (DiagnosticException e) {
      return e.getMessage();
    }
  }

  private String wrongInput(Path plan) {
    try (Engine engine = rt.load(plan);
        ExecutionContext context = engine.newContext(0)) {
      StringBuilder text = new StringBuilder();
      Map<String, TensorData> wrong = new LinkedHashMap<>(inputs(engine, 1));
      String first = wrong.keySet().iterator().next();
      wrong.put(first, TensorData.ofFloats(new long[] {1, 1, 1, 1, 1, 1}, 0f));
      try {
        context.run(wrong);
        throw new IllegalStateException("took a wrong input");
      } catch (DiagnosticException e) {
        text.append(e.getMessage());
      }
      if (!engine.inputs().get(0).isStatic()) {
        try {
          context.run(inputs(engine, 1000));
          throw new IllegalStateException("took a batch of 1000");
        } catch (DiagnosticException e) {
          text.append(" | ").append(e.getMessage());
        }
      }
      // And it still works.
      context.run(inputs(engine, 1));
      return text.toString();
    }
  }

  private String progress(BuildOptions options) {
    List<String> heard = java.util.Collections.synchronizedList(new ArrayList<>());
    BuildProgress progress =
        new BuildProgress() {
          @Override
          public void started(String phase, String parent, int steps) {
            heard.add("+" + phase + "/" + parent + ":" + steps);
          }

          @Override
          public boolean step(String phase, int step) {
            heard.add(phase + "=" + step);
            return true;
          }

          @Override
          public void finished(String phase) {
            heard.add("-" + phase);
          }
        };
    try (BuiltEngine built = builder.build(onnx, options, progress)) {
      require(!heard.isEmpty(), "no progress in " + built.size());
      return heard.size() + " calls: " + heard.subList(0, Math.min(12, heard.size()));
    }
  }

  private String cycles(Path plan) throws IOException {
    for (int i = 0; i < 10; i++) {
      loadAndRun(plan);
    }
    long gpu = Cuda.memory()[0];
    long host = residentKilobytes();
    for (int i = 0; i < 100; i++) {
      loadAndRun(plan);
    }
    long gpuLost = gpu - Cuda.memory()[0];
    long hostGrown = residentKilobytes() - host;
    require(gpuLost <= 4 << 20, gpuLost + " bytes of GPU memory lost");
    require(hostGrown <= 64 << 10, hostGrown + " KB of host memory grown");
    return "GPU memory lost " + gpuLost + " bytes, host grown by " + hostGrown + " KB";
  }

  private String buildCycles(BuildOptions options) throws IOException {
    long gpu = Cuda.memory()[0];
    long host = residentKilobytes();
    for (int i = 0; i < 3; i++) {
      try (BuiltEngine built = builder.build(onnx, options, BuildProgress.NONE);
          Engine engine = rt.load(built);
          ExecutionContext context = engine.newContext(0)) {
        context.run(inputs(engine, 1));
      }
    }
    return "GPU memory lost "
        + (gpu - Cuda.memory()[0])
        + " bytes, host grown by "
        + (residentKilobytes() - host)
        + " KB";
  }
}
