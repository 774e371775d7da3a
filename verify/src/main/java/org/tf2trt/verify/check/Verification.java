// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.verify.run.ModelRunner;
import org.tf2trt.verify.samples.Samples;
import org.tf2trt.verify.statistics.OutputStatistics;
import org.tf2trt.verify.statistics.OutputSummary;

/** The reference and its candidates, call by call over the same inputs, in constant memory. */
public final class Verification {
  private final ModelRunner reference;
  private final List<Candidate> candidates;
  private final Map<String, Map<String, OutputStatistics>> statistics = new LinkedHashMap<>();
  private long first;
  private long calls;
  private Map<String, TensorData> firstFailing;
  private String failingCandidate;

  public Verification(ModelRunner reference, List<Candidate> candidates) {
    this.reference = reference;
    this.candidates = List.copyOf(candidates);
    candidates.forEach(c -> statistics.put(c.name(), new LinkedHashMap<>()));
  }

  /** Goes on where an earlier run stopped. */
  public void resume(VerificationState state) {
    calls = state.calls();
    state
        .candidates()
        .forEach(
            (name, outputs) ->
                outputs.forEach(s -> statistics.get(name).put(s.name(), new OutputStatistics(s))));
  }

  /** The same over later samples: the first call is that of this number. */
  public Verification from(long call) {
    first = call;
    return this;
  }

  /** Hears of each call. */
  public interface Listener {
    /** Called behind each call; false ends the run. */
    boolean called(Verification run);
  }

  /** Runs until the limit, the end of the samples, or the listener's wish. */
  public void run(Samples samples, long limit, Listener listener) {
    samples.skip(first + calls);
    while (calls < limit) {
      Optional<Map<String, TensorData>> feeds = samples.next();
      if (feeds.isEmpty()) {
        return;
      }
      call(feeds.get());
      if (!listener.called(this)) {
        return;
      }
    }
  }

  /** Runs one call. */
  public void call(Map<String, TensorData> feeds) {
    Map<String, TensorData> expected = reference.run(feeds);
    for (Candidate candidate : candidates) {
      Map<String, TensorData> wanted = new LinkedHashMap<>(expected);
      wanted.putAll(candidate.further().expected(feeds));
      Map<String, TensorData> actual =
          candidate.runner().run(Fit.feeds(feeds, candidate.runner().inputs()));
      Map<String, OutputStatistics> outputs = statistics.get(candidate.name());
      wanted.forEach(
          (name, reference) -> {
            TensorData data = Fit.output(name, reference, actual, feeds.containsKey(name));
            OutputStatistics s = outputs.computeIfAbsent(name, OutputStatistics::new);
            long before = s.failed();
            s.add(
                first + calls,
                data == null ? absent() : data,
                reference,
                candidate.bounds().of(name, dtype(name, reference, actual)));
            if (firstFailing == null && candidate.judged() && s.failed() > before) {
              firstFailing = feeds;
              failingCandidate = candidate.name();
            }
          });
    }
    calls++;
  }

  /** A narrower output is judged by its own type. */
  private static DType dtype(String name, TensorData reference, Map<String, TensorData> actual) {
    TensorData data = Fit.find(actual, name);
    return data == null ? reference.dtype() : data.dtype();
  }

  /** Differs from every reference in its type. */
  private static TensorData absent() {
    return TensorData.ofStrings(new long[] {0, 0}, List.of());
  }

  /** Calls so far, earlier runs included. */
  public long calls() {
    return calls;
  }

  public VerificationState state(String fingerprint) {
    Map<String, List<OutputSummary>> all = new LinkedHashMap<>();
    statistics.forEach(
        (name, outputs) -> {
          List<OutputSummary> summaries = new ArrayList<>();
          outputs.values().forEach(s -> summaries.add(s.summary()));
          all.put(name, summaries);
        });
    return new VerificationState(fingerprint, calls, all);
  }

  /** The inputs of the first call of this run in which a judged candidate failed. */
  public Optional<Map<String, TensorData>> firstFailing() {
    return Optional.ofNullable(firstFailing);
  }

  /** The candidate that failed there. */
  public Optional<String> failingCandidate() {
    return Optional.ofNullable(failingCandidate);
  }
}
