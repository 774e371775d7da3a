// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.tf2trt.backend.engine.natives.NativeObjects;

/** The measurements of kernels that one build starts from and adds to. */
final class TimingCache implements AutoCloseable {
  private final NativeObjects objects = new NativeObjects();
  private final ITimingCache cache;
  private final long before;

  /** Starts empty where the file is missing, unreadable, or of another GPU or version. */
  TimingCache(IBuilderConfig config, Optional<Path> file) {
    byte[] known = file.map(TimingCache::read).orElse(new byte[0]);
    ITimingCache from = create(config, known);
    if (from == null || !config.setTimingCache(from, false)) {
      if (from != null) {
        NativeObjects.delete(from);
      }
      from = create(config, new byte[0]);
      config.setTimingCache(from, false);
    }
    cache = objects.own(from, "a timing cache");
    before = serialized().length;
  }

  private static byte[] read(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException unreadable) {
      return new byte[0];
    }
  }

  private static ITimingCache create(IBuilderConfig config, byte[] bytes) {
    try (BytePointer blob = new BytePointer(bytes)) {
      ITimingCache made = config.createTimingCache(blob, bytes.length);
      return NativeObjects.isMissing(made) ? null : made;
    }
  }

  long grown() {
    return serialized().length - before;
  }

  byte[] serialized() {
    return serialize(cache);
  }

  private static byte[] serialize(ITimingCache cache) {
    IHostMemory memory = cache.serialize();
    if (NativeObjects.isMissing(memory)) {
      return new byte[0];
    }
    byte[] bytes = new byte[Math.toIntExact(memory.size())];
    new BytePointer(memory.data()).get(bytes);
    NativeObjects.delete(memory);
    return bytes;
  }

  static byte[] merge(IBuilderConfig config, List<byte[]> caches) {
    if (caches.isEmpty()) {
      return new byte[0];
    }
    try (NativeObjects objects = new NativeObjects()) {
      ITimingCache all = objects.own(create(config, new byte[0]), "a timing cache");
      for (byte[] bytes : caches) {
        ITimingCache one = bytes.length == 0 ? null : create(config, bytes);
        if (one != null) {
          objects.own(one, "a timing cache");
          // What is of another GPU or version is left out.
          boolean unused = all.combine(one, false);
        }
      }
      return serialize(all);
    }
  }

  @Override
  public void close() {
    objects.close();
  }
}
