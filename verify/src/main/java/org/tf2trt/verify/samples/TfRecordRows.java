// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.samples;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.data.Elements;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;
import org.tf2trt.verify.run.Port;

/**
 * tf.Example records, their features named as the inputs. Source of the format: TensorFlow's
 * lib/io/record_writer: length, masked CRC-32C of it, data, masked CRC-32C of that.
 */
final class TfRecordRows implements Rows {
  private static final int MAX_RECORD = 1 << 30;
  private static final int MASK = 0xa282ead8;

  private final Path file;
  private final InputStream in;
  private final List<Port> ports;
  private final Map<String, long[]> shapes;
  private final ImageOptions images;

  /**
   * @param shapes of inputs, with the batch in front
   * @param images how a feature of one encoded image becomes a tensor
   */
  TfRecordRows(Path file, List<Port> ports, Map<String, long[]> shapes, ImageOptions images) {
    this.file = file;
    this.ports = List.copyOf(ports);
    this.shapes = new LinkedHashMap<>(shapes);
    this.images = images;
    try {
      this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    } catch (IOException e) {
      throw bad("it cannot be read");
    }
  }

  @Override
  public Optional<Map<String, TensorData>> next() {
    byte[] record = record();
    if (record == null) {
      return Optional.empty();
    }
    Map<String, TensorData> row = new LinkedHashMap<>();
    try {
      Map<String, Feature> features = Example.parseFrom(record).getFeatures().getFeatureMap();
      for (Port port : ports) {
        Feature feature = features.get(port.name());
        if (feature == null) {
          throw bad("a record has no feature '" + port.name() + "', but " + features.keySet());
        }
        row.put(port.name(), tensor(port, feature));
      }
    } catch (InvalidProtocolBufferException e) {
      throw bad("a record is no tf.Example");
    }
    return Optional.of(row);
  }

  /** The next record; null behind the last. */
  private byte[] record() {
    try {
      byte[] head = in.readNBytes(12);
      if (head.length == 0) {
        return null;
      }
      ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
      if (head.length < 12 || masked(head, 8) != fields.getInt(8)) {
        throw bad("it is no TFRecord file, or is damaged");
      }
      long length = fields.getLong(0);
      if (length < 0 || length > MAX_RECORD) {
        throw bad("a record of " + length + " bytes");
      }
      byte[] data = in.readNBytes((int) length);
      byte[] sum = in.readNBytes(4);
      if (sum.length < 4) {
        throw new EOFException();
      }
      if (masked(data, data.length)
          != ByteBuffer.wrap(sum).order(ByteOrder.LITTLE_ENDIAN).getInt()) {
        throw bad("the checksum of a record is wrong");
      }
      return data;
    } catch (EOFException e) {
      throw bad("it ends early");
    } catch (IOException e) {
      throw bad("it cannot be read");
    }
  }

  private static int masked(byte[] bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  private TensorData tensor(Port port, Feature feature) {
    long[] whole = shapes.get(port.name());
    long[] shape = Arrays.copyOfRange(whole, Math.min(1, whole.length), whole.length);
    DType dtype = port.type().dtype();
    if (feature.hasFloatList()) {
      List<Float> values = feature.getFloatList().getValueList();
      ByteBuffer bytes = Elements.allocate(DType.F32, values.size());
      for (int i = 0; i < values.size(); i++) {
        bytes.putFloat(4 * i, values.get(i));
      }
      return shaped(port, TensorData.of(DType.F32, new long[] {values.size()}, bytes), shape);
    }
    if (feature.hasInt64List()) {
      long[] values =
          feature.getInt64List().getValueList().stream().mapToLong(Long::longValue).toArray();
      return shaped(port, TensorData.vector(values), shape);
    }
    List<ByteString> texts = feature.getBytesList().getValueList();
    if (dtype == DType.STRING) {
      List<String> strings =
          texts.stream().map(t -> t.toString(StandardCharsets.ISO_8859_1)).toList();
      return shaped(port, TensorData.ofStrings(new long[] {strings.size()}, strings), shape);
    }
    if (texts.size() != 1) {
      throw bad("feature '" + port.name() + "' holds " + texts.size() + " byte strings");
    }
    return bytes(port, texts.get(0).toByteArray(), dtype, shape);
  }

  /** An encoded image, or the elements themselves. */
  private TensorData bytes(Port port, byte[] bytes, DType dtype, long[] shape) {
    if (shape.length == 3) {
      try {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        if (image != null) {
          return new Images(images, dtype, shape).tensor(image);
        }
      } catch (IOException e) {
        // Not an image, then.
      }
    }
    if (bytes.length % dtype.bytes() != 0) {
      throw bad("feature '" + port.name() + "' holds " + bytes.length + " bytes");
    }
    long[] flat = {bytes.length / dtype.bytes()};
    return shaped(port, TensorData.of(dtype, flat, ByteBuffer.wrap(bytes)), shape);
  }

  private TensorData shaped(Port port, TensorData flat, long[] shape) {
    long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (count != flat.elements()) {
      throw bad(
          "feature '%s' holds %d values, the input %s takes %d"
              .formatted(port.name(), flat.elements(), port, count));
    }
    return flat.reshape(shape);
  }

  @Override
  public void skip(long rows) {
    for (long i = 0; i < rows && record() != null; i++) {}
  }

  private DiagnosticException bad(String what) {
    return DiagnosticException.of(
        Code.BAD_DATA,
        file.toString(),
        what,
        "write tf.train.Example records whose features are named as the inputs");
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw bad("it cannot be closed");
    }
  }
}
