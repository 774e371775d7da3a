// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.npy.Npz;
import org.tf2trt.verify.run.Port;

class DataSamplesTest {
  private static final Port X =
      new Port("x", new TensorType(DType.F32, Shape.unknown(2).with(1, Dim.of(3))));
  private static final Map<String, long[]> SHAPES = Map.of("x", new long[] {2, 3});

  @TempDir private Path folder;

  private Samples open(Path file) {
    return DataSamples.open(file.toString(), List.of(X), SHAPES, "");
  }

  private static float[] next(Samples samples) {
    return samples.next().orElseThrow().get("x").floats();
  }

  @Test
  void archivesAreReadInBatchesAndTheRestIsASmallerOne() throws IOException {
    Path file = folder.resolve("a.npz");
    float[] values = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    Npz.write(file, Map.of("in/x", TensorData.ofFloats(new long[] {3, 3}, values)));
    try (Samples samples = open(file)) {
      assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, next(samples));
      assertArrayEquals(new float[] {6, 7, 8}, next(samples));
      assertTrue(samples.next().isEmpty());
      assertEquals(3, samples.given());
    }
    try (Samples samples = open(file)) {
      samples.skip(1);
      assertArrayEquals(new float[] {6, 7, 8}, next(samples));
    }
  }

  @Test
  void tablesTakeColumnsByNameAndQuotes() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.csv"), "label,x.0,x.1,x.2\n\"a,\"\"b\",1,2,3\n\nc,4,5,6.5\n");
    try (Samples samples = open(file)) {
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6.5f}, next(samples));
    }
    assertEquals(List.of("a,\"b", "1"), CsvRows.cells("\"a,\"\"b\",1"));
    Path bad = Files.writeString(folder.resolve("bad.csv"), "x.0,x.1,x.2\n1,2,three\n");
    try (Samples samples = open(bad)) {
      DiagnosticException e = assertThrows(DiagnosticException.class, samples::next);
      assertTrue(e.getMessage().contains("line 2: 'three'"), e.getMessage());
    }
  }

  @Test
  void recordsAreCheckedAgainstTheirSums() throws IOException {
    Path file = folder.resolve("r.tfrecord");
    byte[] good = record(1, 2, 3);
    Files.write(file, good);
    try (Samples samples = open(file)) {
      assertArrayEquals(new float[] {1, 2, 3}, next(samples));
    }
    good[good.length - 6] ^= 1;
    Files.write(file, good);
    try (Samples samples = open(file)) {
      DiagnosticException e = assertThrows(DiagnosticException.class, samples::next);
      assertTrue(e.getMessage().contains("checksum"), e.getMessage());
    }
  }

  private static byte[] record(float... values) throws IOException {
    FloatList.Builder list = FloatList.newBuilder();
    for (float v : values) {
      list.addValue(v);
    }
    byte[] data =
        Example.newBuilder()
            .setFeatures(
                Features.newBuilder()
                    .putFeature("x", Feature.newBuilder().setFloatList(list).build()))
            .build()
            .toByteArray();
    ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head.array());
    out.write(sum(head.array()));
    out.write(data);
    out.write(sum(data));
    return out.toByteArray();
  }

  private static byte[] sum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked).array();
  }

  @Test
  void imagesAreCutScaledAndOrdered() throws IOException {
    BufferedImage image = new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 4; x++) {
      image.setRGB(x, 0, 0x102030);
      image.setRGB(x, 1, 0x405060);
    }
    ImageIO.write(image, "png", folder.resolve("a.png").toFile());
    Port port = new Port("im", new TensorType(DType.F32, Shape.unknown(4)));
    try (Samples samples =
        DataSamples.open(
            folder.toString(),
            List.of(port),
            Map.of("im", new long[] {1, 2, 1, 3}),
            "crop=2x1,scale=1,mean=1;2;3,std=2,channels=bgr")) {
      TensorData data = samples.next().orElseThrow().get("im");
      assertArrayEquals(new long[] {1, 2, 1, 3}, data.shape());
      float[] expected = {
        (0x30 - 1) / 2f, (0x20 - 2) / 2f, (0x10 - 3) / 2f,
        (0x60 - 1) / 2f, (0x50 - 2) / 2f, (0x40 - 3) / 2f
      };
      assertArrayEquals(expected, data.floats());
    }
    assertThrows(DiagnosticException.class, () -> ImageOptions.parse("size=3"));
  }
}
