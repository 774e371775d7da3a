// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that appear together under their names, or not at all: they are written beside their
 * targets and renamed by {@link #commit}. Closing without it removes everything.
 */
public final class AtomicFiles implements AutoCloseable {
  private record Pending(Path temporary, Path target) {}

  private final List<Pending> pending = new ArrayList<>();

  /** An empty file in the folder of {@code target}, to be renamed to it. */
  public Path create(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, "." + target.getFileName() + ".", ".tmp");
    pending.add(new Pending(temporary, target));
    return temporary;
  }

  /** Renames in the order of creation; a failure takes back what was renamed before. */
  public void commit() throws IOException {
    List<Path> renamed = new ArrayList<>();
    try {
      for (Pending p : pending) {
        readableAsUsual(p.temporary());
        rename(p.temporary(), p.target());
        renamed.add(p.target());
      }
    } catch (IOException e) {
      for (Path target : renamed) {
        Files.deleteIfExists(target);
      }
      throw e;
    }
    pending.clear();
  }

  private static void rename(Path from, Path to) throws IOException {
    if (Files.isDirectory(to)) {
      throw new IOException("is a folder");
    }
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Temporary files are made readable by their owner only; the result should be as any file. */
  private static void readableAsUsual(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(
          file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  @Override
  public void close() throws IOException {
    for (Pending p : pending) {
      Files.deleteIfExists(p.temporary());
    }
  }
}
