// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingCacheFileTest {
  @TempDir private Path folder;

  private static String place(Map<String, String> environment) {
    return TimingCacheFile.standard(
            environment, Path.of("/home/me"), "10.6.0.26", "NVIDIA H200", "9.0")
        .toString();
  }

  @Test
  void thePlaceDependsOnVersionAndGpu() {
    String name = "timing-10.6.0.26-nvidia-h200-sm90.cache";
    assertEquals("/home/me/.cache/tf2trt/" + name, place(Map.of()));
    assertEquals("/xdg/tf2trt/" + name, place(Map.of("XDG_CACHE_HOME", "/xdg")));
    assertEquals("/mine/" + name, place(Map.of("XDG_CACHE_HOME", "/xdg", "TF2TRT_CACHE", "/mine")));
    assertEquals("/home/me/.cache/tf2trt/" + name, place(Map.of("TF2TRT_CACHE", " ")));
  }

  /** Sets of words stand for caches. */
  private static byte[] union(byte[] a, byte[] b) {
    TreeSet<String> words = new TreeSet<>(Arrays.asList(text(a).split(" ")));
    words.addAll(Arrays.asList(text(b).split(" ")));
    return bytes(String.join(" ", words));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void whatIsThereStays() throws IOException {
    TimingCacheFile cache = new TimingCacheFile(folder.resolve("deep/a.cache"));
    assertArrayEquals(new byte[0], cache.read());
    cache.merge(bytes("b"), TimingCacheFileTest::union);
    cache.merge(bytes("a c"), TimingCacheFileTest::union);
    assertEquals("a b c", text(cache.read()));
  }

  @Test
  void buildsAtTheSameTimeLoseNothing() throws Exception {
    Path file = folder.resolve("a.cache");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 10; i < 60; i++) {
      String word = "w" + i;
      all.add(
          threads.submit(
              () -> {
                new TimingCacheFile(file).merge(bytes(word), TimingCacheFileTest::union);
                return null;
              }));
    }
    for (Future<?> f : all) {
      f.get();
    }
    threads.shutdown();
    List<String> expected = IntStream.range(10, 60).mapToObj(i -> "w" + i).toList();
    assertEquals(String.join(" ", expected), text(new TimingCacheFile(file).read()));
  }
}
