// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tf2trt.frontend.lower.LoweringTable;
import org.tf2trt.frontend.lower.RaggedVariants;
import org.tf2trt.frontend.lower.TfNode;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * RaggedTensorFromVariant (ragged_tensor_from_variant_op.cc): of an encoded ragged tensor its
 * parts, of a list of rows that a loop made the rows behind each other.
 */
final class RaggedDecoding {
  private RaggedDecoding() {}

  static void addTo(LoweringTable table) {
    table.add("RaggedTensorFromVariant", RaggedDecoding::decode);
  }

  /** Outputs: the splits, outermost first, and the values. */
  private static List<Value> decode(TfNode node, OnnxBuilder build) {
    Value variant = node.input(0);
    List<Value> parts = parts(node, build, variant);
    int splits = node.outputCount() - 1;
    if (parts.size() != splits + 1) {
      throw node.refuse(
          "a ragged rank of %d is asked for, and the variant has %d"
              .formatted(splits, parts.size() - 1),
          "decode the variant as it was encoded");
    }
    List<Value> outputs = new ArrayList<>();
    for (int i = 0; i < splits; i++) {
      outputs.add(build.cast(parts.get(i), node.outputType(i)));
    }
    outputs.add(parts.get(splits));
    return outputs;
  }

  private static List<Value> parts(TfNode node, OnnxBuilder build, Value variant) {
    if (RaggedVariants.isEncoded(variant)) {
      return RaggedVariants.parts(variant);
    }
    Optional<List<Value>> joined = Pieces.joined(variant);
    if (joined.isPresent()) {
      return List.of(splits(build, joined.get().get(1)), joined.get().get(0));
    }
    if (!Lists.isOpen(variant) && variant.shape().isRanked()) {
      return stacked(build, variant);
    }
    throw node.refuse(
        "the variant does not come from a ragged tensor of this graph",
        "cut the graph behind it (--inputs), with splits and values as inputs");
  }

  /** Rows of one length, [rows, length, ...]. */
  private static List<Value> stacked(OnnxBuilder build, Value tensor) {
    Value count = build.dim(tensor, 0);
    Value length = build.dim(tensor, 1);
    Value rest = build.op("Shape", Map.of("start", Attr.of(2L)), tensor);
    Value values = build.reshape(tensor, build.concat(0, build.mul(count, length), rest));
    return List.of(splits(build, build.op("Expand", length, count)), values);
  }

  private static Value splits(OnnxBuilder build, Value lengths) {
    Value ends = build.op("CumSum", lengths, build.scalar(DType.I64, 0));
    return build.concat(0, build.ints(0), ends);
  }
}
