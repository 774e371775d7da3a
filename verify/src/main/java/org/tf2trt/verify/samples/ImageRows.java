// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/** The images below a folder, in the order of their paths. */
final class ImageRows implements Rows {
  private static final List<String> KINDS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".gif");

  private final String input;
  private final Images images;
  private final List<Path> files;
  private int next;

  ImageRows(Path folder, String input, Images images) {
    this.input = input;
    this.images = images;
    try (Stream<Path> all = Files.walk(folder)) {
      this.files = all.filter(ImageRows::isImage).sorted().toList();
    } catch (IOException e) {
      throw bad(folder, "it cannot be read");
    }
    if (files.isEmpty()) {
      throw bad(folder, "no images are in it, of " + KINDS);
    }
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return KINDS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
  }

  @Override
  public Optional<Map<String, TensorData>> next() {
    if (next == files.size()) {
      return Optional.empty();
    }
    Path file = files.get(next++);
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw bad(file, "it is no image that can be read");
      }
      return Optional.of(Map.of(input, images.tensor(image)));
    } catch (IOException e) {
      throw bad(file, "it is no image that can be read");
    }
  }

  @Override
  public void skip(long rows) {
    next = (int) Math.min(files.size(), next + rows);
  }

  private static DiagnosticException bad(Path file, String what) {
    return DiagnosticException.of(
        Code.BAD_DATA, file.toString(), what, "give a folder of JPEG, PNG, BMP or GIF files");
  }

  @Override
  public void close() {}
}
