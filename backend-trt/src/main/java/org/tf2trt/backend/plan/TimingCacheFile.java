// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.plan;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import org.tf2trt.backend.files.AtomicFiles;

/**
 * The file of a timing cache, which builds on one kind of GPU with one version of TensorRT share. A
 * build reads it, works for minutes, and then adds what it measured to what the file holds by that
 * time; a lock file keeps two builds from losing each other's entries.
 */
public final class TimingCacheFile {
  private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

  private final Path file;

  public TimingCacheFile(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  /**
   * The place where nothing else is said: below {@code TF2TRT_CACHE}, else {@code
   * XDG_CACHE_HOME/tf2trt}, else {@code ~/.cache/tf2trt}; one file for each TensorRT and GPU.
   *
   * @param environment variables of the process
   * @param home of the user
   * @param tensorrt version
   * @param gpu name
   * @param computeCapability for example {@code 9.0}
   */
  public static Path standard(
      Map<String, String> environment,
      Path home,
      String tensorrt,
      String gpu,
      String computeCapability) {
    Path folder;
    if (!environment.getOrDefault("TF2TRT_CACHE", "").isBlank()) {
      folder = Path.of(environment.get("TF2TRT_CACHE"));
    } else if (!environment.getOrDefault("XDG_CACHE_HOME", "").isBlank()) {
      folder = Path.of(environment.get("XDG_CACHE_HOME"), "tf2trt");
    } else {
      folder = home.resolve(".cache").resolve("tf2trt");
    }
    String kind = "%s-%s-sm%s".formatted(tensorrt, gpu, computeCapability.replace(".", ""));
    String name = kind.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    return folder.resolve("timing-" + name + ".cache");
  }

  public Path file() {
    return file;
  }

  /** What the file holds; empty when there is none. */
  public byte[] read() throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  /**
   * Replaces the file's content by {@code combine(content, added)}, or by {@code added} when there
   * is none. Others see the old content or the new one, never a part.
   */
  public void merge(byte[] added, BinaryOperator<byte[]> combine) throws IOException {
    Files.createDirectories(file.getParent());
    // Locks of files are held by the process: its threads need one of their own.
    ReentrantLock threads = IN_THIS_PROCESS.computeIfAbsent(file, f -> new ReentrantLock());
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    threads.lock();
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      byte[] before = read();
      byte[] merged = before.length == 0 ? added : combine.apply(before, added);
      try (AtomicFiles files = new AtomicFiles()) {
        Files.write(files.create(file), merged);
        files.commit();
      }
      assert lock.isValid();
    } finally {
      threads.unlock();
    }
  }
}
