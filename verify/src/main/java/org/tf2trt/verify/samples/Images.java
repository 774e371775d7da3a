// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.List;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;

/** Turns images into tensors of height, width, channels. */
final class Images {
  private final ImageOptions options;
  private final DType dtype;
  private final long[] wanted;

  /**
   * @param dtype of the input
   * @param wanted shape of one sample: height, width, channels
   */
  Images(ImageOptions options, DType dtype, long[] wanted) {
    this.options = options;
    this.dtype = dtype;
    this.wanted = wanted.clone();
  }

  TensorData tensor(BufferedImage image) {
    BufferedImage sized = crop(resize(image));
    int channels = options.channels().equals("gray") || wanted[2] == 1 ? 1 : 3;
    int height = sized.getHeight();
    int width = sized.getWidth();
    double scale =
        Double.isNaN(options.scale()) ? (dtype.isFloat() ? 1.0 / 255 : 1) : options.scale();
    DType kept = dtype.isFloat() ? DType.F32 : DType.I32;
    ByteBuffer bytes = Elements.allocate(kept, (long) height * width * channels);
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = sized.getRGB(x, y);
        for (int c = 0; c < channels; c++) {
          double value =
              (value(rgb, c, channels) * scale - pick(options.mean(), c)) / pick(options.std(), c);
          if (dtype.isFloat()) {
            Elements.putDouble(kept, bytes, at++, value);
          } else {
            Elements.putLong(kept, bytes, at++, Math.round(value));
          }
        }
      }
    }
    return TensorData.of(kept, new long[] {height, width, channels}, bytes);
  }

  private double value(int rgb, int channel, int channels) {
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    if (channels == 1) {
      return 0.299 * red + 0.587 * green + 0.114 * blue; // ITU-R BT.601, as TensorFlow's
    }
    boolean first = channel == (options.channels().equals("bgr") ? 2 : 0);
    return first ? red : channel == 1 ? green : blue;
  }

  private static double pick(List<Double> values, int channel) {
    return values.get(Math.min(channel, values.size() - 1));
  }

  private BufferedImage resize(BufferedImage image) {
    List<Integer> sides = options.resize();
    int height = (int) wanted[0];
    int width = (int) wanted[1];
    if (sides.size() > 1) {
      height = sides.get(0);
      width = sides.get(1);
    } else if (sides.size() == 1) {
      double factor = sides.get(0) / (double) Math.min(image.getHeight(), image.getWidth());
      height = (int) Math.round(image.getHeight() * factor);
      width = (int) Math.round(image.getWidth() * factor);
    } else if (!options.crop().isEmpty()) {
      return image;
    }
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = scaled.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas.drawImage(image, 0, 0, width, height, null);
    canvas.dispose();
    return scaled;
  }

  private BufferedImage crop(BufferedImage image) {
    List<Integer> sides = options.crop();
    if (sides.isEmpty()) {
      return image;
    }
    int height = Math.min(sides.get(0), image.getHeight());
    int width = Math.min(sides.get(sides.size() - 1), image.getWidth());
    return image.getSubimage(
        (image.getWidth() - width) / 2, (image.getHeight() - height) / 2, width, height);
  }
}
