// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.frontend.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random crops keep every constraint that the kernel puts on them. */
final class CropSamplingLoweringsTest {
  private static final LoweringTester FOLD =
      LoweringTester.of().options(LoweringOptions.DEFAULT.with(LoweringOptions.Randomness.FOLD));

  private static final String BOX = "f32[1,1,4]{0.2, 0.1, 0.7, 0.9}";
  private static final String AREA = "area_range=[0.1, 0.6], aspect_ratio_range=[0.5, 2.0]";

  @Test
  void everyCropHasTheAreaAndShapeAskedForAndCoversTheBox() {
    Set<String> distinct = new HashSet<>();
    for (int seed = 1; seed <= 40; seed++) {
      String crop = crop(BOX, AREA, seed, 100);
      distinct.add(crop);
      long[] n = numbers(crop);
      long y = n[0];
      long x = n[1];
      long height = n[3];
      long width = n[4];
      assertTrue(y >= 0 && x >= 0 && y + height <= 40 && x + width <= 60, crop);
      assertEquals(0, n[2]);
      assertEquals(-1, n[5]);
      double share = height * width / (40.0 * 60);
      assertTrue(share >= 0.1 && share <= 0.6, crop);
      assertTrue(Math.abs(width - height * 0.5) <= 0.5 || width >= height * 0.5, crop);
      assertTrue(width <= Math.rint(height * 2.0), crop);
      long down = Math.max(0, Math.min(y + height, 28) - Math.max(y, 8));
      long across = Math.max(0, Math.min(x + width, 54) - Math.max(x, 6));
      assertTrue(down * across >= 0.4 * 20 * 48, crop);
    }
    assertTrue(distinct.size() > 30, "only " + distinct.size() + " distinct crops");
  }

  @Test
  void theWholeImageIsTakenWhereNoAttemptFits() {
    String crop = crop(BOX, "area_range=[0.01, 0.02], aspect_ratio_range=[1.0, 1.0]", 3, 5);
    assertTrue(crop.startsWith("i32[3]{0, 0, 0} i32[3]{40, 60, -1}"), crop);
    assertTrue(crop.endsWith("f32[1,1,4]{0.0, 0.0, 1.0, 1.0}"), crop);
  }

  @Test
  void withoutBoxesTheImageIsTheBox() {
    String attrs = "area_range=[0.5, 0.9], aspect_ratio_range=[0.9, 1.1]";
    long[] n = numbers(crop("f32[1,0,4]{}", attrs, 2, 100));
    assertTrue(n[3] * n[4] >= 0.5 * 40 * 60, Arrays.toString(n));
  }

  @Test
  void refuseNamesTheOption() {
    LoweringTester refusing =
        LoweringTester.of()
            .options(LoweringOptions.DEFAULT.with(LoweringOptions.Randomness.REFUSE));
    assertTrue(refusing.refusal("i32 i32 f32", node(BOX, AREA, 1, 9)).contains("--random refuse"));
  }

  private static String crop(String boxes, String attrs, int seed, int attempts) {
    return FOLD.eval("i32 i32 f32", node(boxes, attrs, seed, attempts));
  }

  private static String node(String boxes, String attrs, int seed, int attempts) {
    return ("tf.SampleDistortedBoundingBoxV2(i32[3]{40, 60, 3}, %s, f32[]{0.4}) {%s, seed=%d,"
            + " seed2=7, max_attempts=%d, use_image_if_no_bounding_boxes=true}")
        .formatted(boxes, attrs, seed, attempts);
  }

  /** The elements of begin and size. */
  private static long[] numbers(String crop) {
    String elements =
        crop.replaceAll("i32\\[3\\]\\{([^}]*)\\} i32\\[3\\]\\{([^}]*)\\}.*", "$1, $2");
    return Arrays.stream(elements.split(", ")).mapToLong(Long::parseLong).toArray();
  }
}
