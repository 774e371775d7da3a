// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.engine;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IRefitter;
import org.bytedeco.tensorrt.nvinfer.Weights;
import org.bytedeco.tensorrt.nvonnxparser.IParserRefitter;
import org.tf2trt.backend.engine.natives.MessageLog;
import org.tf2trt.backend.engine.natives.NativeLibraries;
import org.tf2trt.backend.engine.natives.NativeObjects;
import org.tf2trt.backend.onnx.ModelWeights;
import org.tf2trt.ir.data.TensorData;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Replaces weights of an engine that was built with {@link BuildOptions#refit()}. Give all that
 * {@link #missing()} names, then {@link #apply()}.
 */
public final class Refit implements AutoCloseable {
  /** Follows five functions of the interface's own and the base destructor. */
  private static final int PARSER_REFITTER_DESTRUCTOR = 6;

  private final NativeObjects objects = new NativeObjects();
  private final IRefitter refitter;

  /** TensorRT reads weights when they are applied, so that they are kept until then. */
  private final List<BytePointer> copies = new ArrayList<>();

  Refit(ICudaEngine engine) {
    if (!engine.isRefittable()) {
      throw DiagnosticException.of(
          Code.BAD_BUILD_OPTION,
          "refit",
          "the engine was built without refit",
          "build it with --refit or --strip-weights");
    }
    refitter = objects.own(nvinfer.createInferRefitter(engine, MessageLog.logger()), "a refitter");
  }

  /** Names of all weights that can be replaced. */
  public List<String> all() {
    return names(refitter.getAllWeights(0, (PointerPointer<?>) null), true);
  }

  /** Names of weights that are needed before {@link #apply()} works. */
  public List<String> missing() {
    return names(refitter.getMissingWeights(0, (PointerPointer<?>) null), false);
  }

  private List<String> names(int count, boolean all) {
    List<String> names = new ArrayList<>();
    if (count > 0) {
      try (PointerPointer<BytePointer> pointers = new PointerPointer<>(count)) {
        int got =
            all
                ? refitter.getAllWeights(count, pointers)
                : refitter.getMissingWeights(count, pointers);
        for (int i = 0; i < Math.min(got, count); i++) {
          names.add(pointers.get(BytePointer.class, i).getString());
        }
      }
    }
    return names;
  }

  /**
   * Replaces one weight.
   *
   * @throws DiagnosticException UNKNOWN_NAME when name, type or size do not fit
   */
  public void set(String name, TensorData weights) {
    ByteBuffer bytes = weights.bytes();
    BytePointer copy = new BytePointer(Math.max(1, bytes.remaining()));
    copy.limit(bytes.remaining()).asByteBuffer().put(bytes);
    copies.add(copy);
    Weights described = new Weights();
    described.type(DataTypes.of(weights.dtype()));
    described.values(copy);
    described.count(weights.elements());
    try (MessageLog.Recording log = MessageLog.record()) {
      if (!refitter.setNamedWeights(name, described)) {
        throw DiagnosticException.of(
            Code.UNKNOWN_NAME,
            "'" + name + "'",
            "weights " + weights.type() + " are refused: " + String.join("; ", log.errors()),
            "give names, types and sizes of the model that the engine was built from");
      }
    }
  }

  /**
   * Replaces all weights by those of an ONNX model with the same graph, and applies them. The
   * engine may have been built with stripped weights.
   *
   * @throws DiagnosticException MODEL_NOT_FOUND, TENSORRT_REFUSED when the model does not name all
   *     weights of the engine
   */
  public void from(Path onnx) {
    NativeLibraries.loadParser();
    try (NativeObjects scope = new NativeObjects();
        MessageLog.Recording log = MessageLog.record()) {
      IParserRefitter parser =
          scope.own(
              nvonnxparser.createParserRefitter(refitter, MessageLog.logger()),
              "a refitter of ONNX",
              PARSER_REFITTER_DESTRUCTOR);
      if (!parser.refitFromFile(onnx.toAbsolutePath().toString())) {
        throw DiagnosticException.of(
            Code.TENSORRT_REFUSED,
            onnx.toString(),
            "does not fit the engine: " + String.join("; ", log.errors()),
            "take the model that the engine was built from, with other weights");
      }
      apply();
    }
  }

  /**
   * Replaces those weights that an ONNX model names, and applies them. Constants that TensorRT's
   * parser made itself, such as the bounds of a Clip, have no name in the model and keep their
   * values, so that this is not for engines with stripped weights.
   *
   * @return names of weights that kept their values
   * @throws DiagnosticException MODEL_NOT_FOUND; UNKNOWN_NAME when the model names no weight of the
   *     engine, or one with another type or size
   */
  public List<String> namedFrom(Path onnx) {
    Map<String, TensorData> weights = ModelWeights.read(onnx);
    List<String> kept = new ArrayList<>();
    List<String> all = all();
    for (String name : all) {
      TensorData data = weights.get(name);
      if (data == null) {
        kept.add(name);
      } else {
        set(name, data);
      }
    }
    if (kept.size() == all.size()) {
      throw DiagnosticException.of(
          Code.UNKNOWN_NAME,
          onnx.toString(),
          "has no initializer with the name of a weight of the engine",
          "take the model that the engine was built from, with other weights");
    }
    apply();
    return kept;
  }

  /**
   * Puts the given weights into the engine.
   *
   * @throws DiagnosticException GPU_FAILED, naming what is missing
   */
  public void apply() {
    try (MessageLog.Recording log = MessageLog.record()) {
      if (!refitter.refitCudaEngine()) {
        throw DiagnosticException.of(
            Code.GPU_FAILED,
            "refit",
            "failed: " + String.join("; ", log.errors()) + "; missing: " + missing(),
            "give all weights that are missing");
      }
    }
  }

  @Override
  public void close() {
    objects.close();
    copies.forEach(BytePointer::close);
    copies.clear();
  }
}
