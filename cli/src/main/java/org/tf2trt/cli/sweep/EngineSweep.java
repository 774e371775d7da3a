// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tf2trt.cli.engine.Engines;
import org.tf2trt.cli.sweep.SweepResult.Status;
import org.tf2trt.convert.OutputFolders;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** A sweep that builds an engine of every model in every precision and runs it. */
public final class EngineSweep {
  private static final int MAX_WIDTH = 48;

  private final Request request;
  private final PrintWriter out;
  private final PrintWriter err;
  private final List<ObjectNode> results = new ArrayList<>();
  private int failed;

  /**
   * What to sweep.
   *
   * @param folder of the models
   * @param output folder to write to
   * @param only what a model's name has to contain
   * @param part which share of the models, counted from 0
   * @param parts how many shares there are
   * @param precisions of the engines
   * @param samples made up for each classifier; 0 for none
   * @param classes folder of the classes that fp32 models name, read and written
   * @param resume whether engines that an earlier run finished are left out
   * @param keep whether the emitted ONNX files stay
   * @param report JSON file to write; null for none
   */
  public record Request(
      Path folder,
      Path output,
      Pattern only,
      int part,
      int parts,
      List<String> precisions,
      int samples,
      Path classes,
      boolean resume,
      boolean keep,
      Path report) {
    public Request {
      precisions = List.copyOf(precisions);
    }
  }

  public EngineSweep(Request request, PrintWriter out, PrintWriter err) {
    this.request = request;
    this.out = out;
    this.err = err;
  }

  /** How a sweep ends. */
  public enum End {
    ALL_PASSED,
    SOME_FAILED,
    /** Early: an engine has ended the use of the GPU by this process. */
    GPU_LOST
  }

  /** Builds, runs and compares until all is done or the GPU is lost. */
  public End run(Engines engines, EngineConversions conversions, boolean traces)
      throws IOException {
    List<FoundModel> models = share();
    OutputFolders.check(request.output().resolve("model.onnx"));
    if (request.report() != null) {
      OutputFolders.check(request.report());
    }
    EngineRunner runner =
        new EngineRunner(
            request.output(), engines, conversions, request.samples(), traces ? err : null);
    EngineJournal journal = new EngineJournal(request.output(), request.resume());
    int width = models.stream().mapToInt(m -> m.name().length()).max().orElse(0);
    Path scratch = Files.createTempDirectory("tf2trt-sweep");
    SweepPlan plan = new SweepPlan(scratch);
    try {
      for (FoundModel model : models) {
        boolean lost = !items(model, plan, engines, runner, journal, Math.min(width, MAX_WIDTH));
        plan.clean();
        if (lost) {
          return End.GPU_LOST;
        }
      }
    } finally {
      plan.clean();
      Files.delete(scratch);
    }
    out.println();
    out.println(summary());
    out.flush();
    return failed == 0 ? End.ALL_PASSED : End.SOME_FAILED;
  }

  /** How many engines passed, and the others by what became of them. */
  private String summary() {
    StringBuilder text = new StringBuilder();
    text.append(results.size()).append(" engines: ").append(count(Status.OK)).append(" passed, ");
    text.append(count(Status.REFUSED)).append(" refused as expected, ");
    text.append(count(Status.NOT_FOR_TENSORRT)).append(" not for TensorRT, ");
    return text.append(failed).append(" failed").toString();
  }

  private long count(Status status) {
    String name = EngineJson.name(status);
    return results.stream().filter(r -> r.path("status").asText().equals(name)).count();
  }

  private List<FoundModel> share() {
    List<FoundModel> all =
        FoundModel.under(request.folder()).stream()
            .filter(m -> request.only().matcher(m.name()).find())
            .toList();
    List<FoundModel> mine = new ArrayList<>();
    for (int i = request.part(); i < all.size(); i += request.parts()) {
      mine.add(all.get(i));
    }
    return mine;
  }

  /** False when the GPU is lost: what is left of the model waits for another process. */
  private boolean items(
      FoundModel model,
      SweepPlan plan,
      Engines engines,
      EngineRunner runner,
      EngineJournal journal,
      int width)
      throws IOException {
    List<SweepItem> items;
    try {
      items = plan.items(model);
    } catch (DiagnosticException e) {
      SweepResult failure = SweepRunner.failed(model.name(), e);
      out.println(failure.line(width));
      failed++;
      return true;
    }
    for (SweepItem item : items) {
      KnownClasses classes = new KnownClasses(request.classes(), item.name(), request.samples());
      for (String precision : request.precisions()) {
        int before = failed;
        one(item, precision, classes, runner, journal, width);
        if (failed > before && engines.lost()) {
          err.println(lost(item.name(), precision));
          err.flush();
          return false;
        }
      }
      if (!request.keep()) {
        removeModels(item);
      }
    }
    return true;
  }

  private static String lost(String name, String precision) {
    return "error[%s] GPU: '%s' in %s ended its use by this process; go on behind it with --resume"
        .formatted(Code.GPU_FAILED.id(), name, precision);
  }

  private void one(
      SweepItem item,
      String precision,
      KnownClasses classes,
      EngineRunner runner,
      EngineJournal journal,
      int width) {
    Optional<ObjectNode> earlier = journal.earlier(item.name(), precision);
    ObjectNode node;
    if (earlier.isPresent()) {
      node = earlier.get();
    } else {
      journal.begin(item.name(), precision);
      EngineResult result = runner.run(item, precision, classes);
      node = EngineJson.of(result);
      journal.finish(item.name(), precision, node);
      out.println(result.line(width));
      out.flush();
    }
    results.add(node);
    failed += node.path("status").asText().equals("fail") ? 1 : 0;
    if (request.report() != null) {
      EngineJson.write(results, request.report());
    }
  }

  private void removeModels(SweepItem item) throws IOException {
    for (String precision : request.precisions()) {
      Path onnx = EngineRunner.onnx(request.output(), item, precision);
      Files.deleteIfExists(onnx);
      Files.deleteIfExists(onnx.resolveSibling(onnx.getFileName() + ".data"));
    }
    Files.deleteIfExists(EngineRunner.onnx(request.output(), item, "fp32"));
  }
}
