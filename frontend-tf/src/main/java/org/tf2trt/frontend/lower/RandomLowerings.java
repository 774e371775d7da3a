// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import java.util.List;
import java.util.Map;
import org.tf2trt.ir.Attr;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Value;
import org.tf2trt.passes.build.OnnxBuilder;

/**
 * Random numbers of the simple distributions. Stateless ops draw other numbers in each run as well:
 * ONNX has no generator that takes its state as an input.
 */
final class RandomLowerings {
  private RandomLowerings() {}

  static void addTo(LoweringTable table) {
    for (String op :
        List.of("RandomUniform", "StatelessRandomUniform", "StatelessRandomUniformV2")) {
      table.one(op, (n, b) -> cast(n, b, new RandomNumbers(n, b).uniform(shape(n, b))));
    }
    for (String op :
        List.of("RandomStandardNormal", "StatelessRandomNormal", "StatelessRandomNormalV2")) {
      table.one(op, (n, b) -> cast(n, b, new RandomNumbers(n, b).normal(shape(n, b))));
    }
    for (String op :
        List.of("TruncatedNormal", "StatelessTruncatedNormal", "StatelessTruncatedNormalV2")) {
      table.one(op, (n, b) -> cast(n, b, truncated(n, b)));
    }
    table.one("RandomUniformInt", (n, b) -> integers(n, b, 1));
    table.one("StatelessRandomUniformInt", (n, b) -> integers(n, b, 2));
    table.one("StatelessRandomUniformIntV2", (n, b) -> integers(n, b, 4));
    table.one("StatelessRandomUniformFullInt", RandomLowerings::fullIntegers);
    table.one("StatelessRandomUniformFullIntV2", RandomLowerings::fullIntegers);
    table.one("RandomShuffle", RandomLowerings::shuffle);
    table.one("StatelessShuffle", RandomLowerings::shuffle);
    table.one("Multinomial", RandomLowerings::multinomial);
    table.one("StatelessMultinomial", RandomLowerings::multinomial);
    table.add("StatelessRandomGetKeyCounter", RandomLowerings::noState);
    table.one("StatelessRandomGetAlg", (n, b) -> b.scalar(n.outputType(0), 1));
    table.add("StatelessRandomGetKeyCounterAlg", RandomLowerings::noState);
  }

  /** Input 0 as an i64 vector. */
  static Value shape(TfNode node, OnnxBuilder b) {
    return b.cast(node.input(0), DType.I64);
  }

  private static Value cast(TfNode node, OnnxBuilder b, Value v) {
    return b.cast(v, node.outputType(0));
  }

  /** Within two deviations: the quantile of a probability drawn from the middle. */
  private static Value truncated(TfNode node, OnnxBuilder b) {
    double tail = 0.022750131948179195;
    Value u = new RandomNumbers(node, b).uniform(shape(node, b));
    Value p = b.add(b.mul(u, number(b, 1 - 2 * tail)), number(b, tail));
    Value x = SpecialLowerings.ndtri(b, p);
    return b.op("Clip", x, number(b, -2), number(b, 2));
  }

  /** From a minimum, input {@code first}, up to but without a maximum. */
  private static Value integers(TfNode node, OnnxBuilder b, int first) {
    RandomNumbers random = new RandomNumbers(node, b);
    // 48 random bits: f32 has 24 at a time.
    Value high = bits(b, random.uniform(shape(node, b)));
    Value low = bits(b, random.uniform(shape(node, b)));
    Value bits = b.add(b.mul(high, b.scalar(DType.I64, 0x1p24)), low);
    Value min = b.cast(node.input(first), DType.I64);
    Value range = b.sub(b.cast(node.input(first + 1), DType.I64), min);
    return cast(node, b, b.add(b.op("Mod", bits, range), min));
  }

  /** Any number of the type: four times 16 bits, of which casts keep the low ones. */
  private static Value fullIntegers(TfNode node, OnnxBuilder b) {
    RandomNumbers random = new RandomNumbers(node, b);
    Value all = null;
    for (int i = 0; i < 4; i++) {
      Value drawn = b.op("Floor", b.mul(random.uniform(shape(node, b)), number(b, 0x1p16)));
      // The highest ones make the number negative in half of the cases.
      Value part = b.cast(i < 3 ? drawn : b.sub(drawn, number(b, 0x1p15)), DType.I64);
      Value placed = b.mul(part, b.scalar(DType.I64, Math.scalb(1.0, 16 * i)));
      all = all == null ? placed : b.add(all, placed);
    }
    return cast(node, b, all);
  }

  private static Value bits(OnnxBuilder b, Value uniform) {
    return b.cast(b.op("Floor", b.mul(uniform, number(b, 0x1p24))), DType.I64);
  }

  /** Rows in the order of random keys. */
  private static Value shuffle(TfNode node, OnnxBuilder b) {
    if (node.rank(0) == 0) {
      return node.input(0);
    }
    Value count = b.dim(node.input(0), 0);
    Value keys = new RandomNumbers(node, b).uniform(count);
    Value order = b.ops("TopK", 2, Map.of("axis", Attr.of(0)), keys, count).get(1);
    return GatherLowerings.gather(b, node.input(0), order, 0);
  }

  /**
   * Inputs: logits [batch, classes], how many samples. The largest of logits with noise of Gumbel's
   * distribution is distributed as asked.
   */
  private static Value multinomial(TfNode node, OnnxBuilder b) {
    Value logits = b.cast(node.input(0, 2), DType.F32);
    Value samples = b.reshape(b.cast(node.input(1), DType.I64), 1);
    Value shape = b.concat(0, b.dim(logits, 0), samples, b.dim(logits, 1));
    Value u = new RandomNumbers(node, b).positive(shape);
    Value noise = b.op("Log", b.op("Neg", b.op("Log", u)));
    Value scores = b.sub(b.unsqueeze(logits, 1), noise);
    Map<String, Attr> last = Map.of("axis", Attr.of(2), "keepdims", Attr.of(0L));
    return cast(node, b, b.op("ArgMax", last, scores));
  }

  /** Key, counter and algorithm are read by random ops alone, which do without. */
  private static List<Value> noState(TfNode node, OnnxBuilder b) {
    List<Value> outputs = new java.util.ArrayList<>();
    for (int i = 0; i < node.outputCount(); i++) {
      DType type = node.outputType(i);
      outputs.add(b.cast(i == 2 ? b.scalar(DType.I64, 1) : b.ints(new long[i + 1]), type));
    }
    return outputs;
  }

  private static Value number(OnnxBuilder b, double value) {
    return b.scalar(DType.F32, value);
  }
}
