// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Node;
import org.tf2trt.ir.NodeSpec;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Ragged tensors put into variants and taken out again (ragged_tensor_to_variant_op.cc). The node
 * that encodes one stays until it is decoded, which gives its splits and values back; there is
 * nothing between them in ONNX.
 */
public final class RaggedVariants {
  private static final String ENCODE = "tf.RaggedTensorToVariant";

  private RaggedVariants() {}

  static void addTo(LoweringTable table) {
    table.one("RaggedTensorToVariant", (node, build) -> node.origin().result());
  }

  /** Whether a value is an encoded ragged tensor, or a vector with one for each of its rows. */
  public static boolean isEncoded(Value v) {
    return v.dtype() == DType.VARIANT && v.producer(ENCODE).isPresent();
  }

  /** The splits, outermost first, and the values of what {@link #isEncoded}. */
  public static List<Value> parts(Value encoded) {
    return encoded.producer(ENCODE).orElseThrow().inputs();
  }

  /** The tensor that a variant holds alone, as a row without ragged axes. */
  public static Optional<Value> plain(Value v) {
    return v.producer(ENCODE)
        .filter(n -> !isBatched(n) && n.inputs().size() == 1)
        .map(n -> n.input(0));
  }

  /** The shape of what {@link #isEncoded}: how many rows a vector has. */
  static Value shape(Value encoded, OnnxBuilder build) {
    Node encode = encoded.producer(ENCODE).orElseThrow();
    return isBatched(encode)
        ? build.sub(build.dim(encode.input(0), 0), build.ints(1))
        : build.ints();
  }

  /** Of a vector of encoded rows the one at {@code index}, an integer scalar. */
  public static Value row(TfNode node, OnnxBuilder build, Value vector, Value index) {
    Node encode = vector.producer(ENCODE).orElseThrow();
    if (!isBatched(encode)) {
      throw node.refuse("it indexes a single variant", "index the ragged tensor in the model");
    }
    List<Value> parts = new ArrayList<>();
    Value at = build.cast(index, DType.I64);
    Value count = build.sub(build.squeeze(build.dim(encode.input(0), 0), 0), one(build));
    Value from =
        build.where(build.op("Less", at, build.scalar(DType.I64, 0)), build.add(at, count), at);
    Value to = build.add(from, one(build));
    int splits = encode.inputs().size() - 1;
    for (int i = 0; i < splits; i++) {
      Value all = build.cast(encode.input(i), DType.I64);
      Value first = GatherLowerings.gather(build, all, from, 0);
      if (i > 0) {
        parts.add(build.sub(rows(build, all, from, build.add(to, one(build))), first));
      }
      to = GatherLowerings.gather(build, all, to, 0);
      from = first;
    }
    parts.add(rows(build, encode.input(splits), from, to));
    Map<String, Attr> attrs =
        Map.of("RAGGED_RANK", Attr.of(splits - 1L), "batched_input", Attr.of(false));
    List<TensorType> type = List.of(TensorType.unranked(DType.VARIANT));
    Node here = node.origin();
    return here.graph()
        .insertBefore(here, NodeSpec.of(ENCODE, parts, attrs, type, here.provenance()))
        .result();
  }

  private static Value rows(OnnxBuilder build, Value v, Value from, Value to) {
    return SliceLowerings.slice(build, v, 0, build.reshape(from, 1), build.reshape(to, 1));
  }

  private static Value one(OnnxBuilder build) {
    return build.scalar(DType.I64, 1);
  }

  private static boolean isBatched(Node encode) {
    return encode.attrs().get("batched_input") instanceof Attr.Bool b && b.value();
  }
}
