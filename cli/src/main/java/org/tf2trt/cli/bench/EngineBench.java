// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tf2trt.backend.engine.ExecutionContext;
import org.tf2trt.backend.engine.Timing;
import org.tf2trt.cli.engine.LoadedPlan;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;

/** Measures a loaded engine. */
public final class EngineBench {
  private static final long MIN_WARM_UP = 500_000_000L;
  private static final long MAX_WARM_UP = 3_000_000_000L;
  private static final double MEASURED_MICROSECONDS = 2e6;
  private static final int MIN_ITERATIONS = 200;
  private static final int MAX_ITERATIONS = 20_000;
  private static final int COPIES = 200;

  private final LoadedPlan plan;
  private final BenchInputs inputs;
  private final BenchOptions options;
  private final List<String> notes = new ArrayList<>();
  private boolean graph;

  public EngineBench(LoadedPlan plan, BenchInputs inputs, BenchOptions options) {
    this.plan = plan;
    this.inputs = inputs;
    this.options = options;
    this.graph = options.graph();
  }

  /** Throws DiagnosticException when the engine does not run. */
  public BenchResult run(long planBytes) {
    List<ExecutionContext> contexts = new ArrayList<>();
    try {
      for (int i = 0; i < options.streams(); i++) {
        contexts.add(ready());
      }
      return measure(contexts, planBytes);
    } finally {
      contexts.forEach(ExecutionContext::close);
    }
  }

  /** A context that has run once with these inputs, from a graph where that works. */
  private ExecutionContext ready() {
    ExecutionContext context = plan.engine().newContext(inputs.profile());
    try {
      context.run(inputs.data());
      if (graph) {
        context
            .captureGraph()
            .ifPresent(
                why -> {
                  graph = false;
                  notes.add("no CUDA graph: " + why.message());
                });
      }
      return context;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private BenchResult measure(List<ExecutionContext> contexts, long planBytes) {
    ExecutionContext first = contexts.get(0);
    double[] last = new double[1];
    WarmUp warmUp =
        WarmUp.until(
            () -> last[0] = first.time(1).gpuMicroseconds()[0],
            System::nanoTime,
            MIN_WARM_UP,
            MAX_WARM_UP);
    if (!warmUp.settled()) {
      notes.add("times had not settled after the warm-up");
    }
    int iterations = options.iterations().orElse(enough(last[0]));
    List<Timing> timings = all(contexts, iterations);
    double[] times =
        timings.stream().flatMapToDouble(t -> Arrays.stream(t.gpuMicroseconds())).toArray();
    double wall = timings.stream().mapToDouble(Timing::wallMicroseconds).max().orElseThrow();
    Optional<Percentiles> withCopies =
        options.copies() ? Optional.of(of(first.timeWithCopies(iterations))) : Optional.empty();
    return new BenchResult(
        batch(),
        iterations,
        contexts.size(),
        graph,
        warmUp,
        Percentiles.of(times),
        withCopies,
        of(first.timeUpload(COPIES)),
        of(first.timeDownload(COPIES)),
        contexts.size() * iterations / wall * 1e6,
        Stability.of(timings.get(0).gpuMicroseconds()),
        memory(contexts, planBytes),
        notes);
  }

  private static int enough(double microseconds) {
    double wanted = MEASURED_MICROSECONDS / Math.max(1, microseconds);
    return (int) Math.max(MIN_ITERATIONS, Math.min(wanted, MAX_ITERATIONS));
  }

  /** One thread for each context, all at the same time. */
  private static List<Timing> all(List<ExecutionContext> contexts, int iterations) {
    if (contexts.size() == 1) {
      return List.of(contexts.get(0).time(iterations));
    }
    ExecutorService threads = Executors.newFixedThreadPool(contexts.size());
    try {
      List<Future<Timing>> running = new ArrayList<>();
      contexts.forEach(c -> running.add(threads.submit(() -> c.time(iterations))));
      List<Timing> timings = new ArrayList<>();
      for (Future<Timing> f : running) {
        timings.add(f.get());
      }
      return timings;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while engines run", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DiagnosticException d) {
        throw d;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private static Percentiles of(Timing timing) {
    return Percentiles.of(timing.gpuMicroseconds());
  }

  private long batch() {
    return inputs.data().values().stream()
        .filter(d -> d.rank() > 0)
        .map(TensorData::shape)
        .mapToLong(s -> s[0])
        .findFirst()
        .orElse(1);
  }

  private BenchResult.Memory memory(List<ExecutionContext> contexts, long planBytes) {
    long device = 0;
    long pinned = 0;
    for (ExecutionContext c : contexts) {
      device += c.bufferBytes()[0];
      pinned += c.bufferBytes()[1];
    }
    return new BenchResult.Memory(planBytes, plan.engine().deviceMemory(), device, pinned);
  }
}
