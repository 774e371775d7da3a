// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class BuildBarTest {
  @Test
  void stepsOfInnerPhasesCountAsPartsOfOuterOnes() {
    try (BuildBar bar = new BuildBar(null)) {
      bar.started("build", "", 4);
      assertEquals(0, bar.share());
      assertTrue(bar.step("build", 0));
      assertEquals(0.25, bar.share());
      bar.started("tactics", "build", 10);
      assertTrue(bar.step("tactics", 4));
      assertEquals(0.375, bar.share());
      bar.finished("tactics");
      assertTrue(bar.step("build", 3));
      assertEquals(1, bar.share());
      bar.finished("build");
    }
  }

  @Test
  void theLineIsErasedAtTheEnd() {
    StringWriter err = new StringWriter();
    try (BuildBar bar = new BuildBar(new PrintWriter(err))) {
      bar.started("build", "", 2);
      assertTrue(bar.step("build", 0));
    }
    assertTrue(err.toString().contains("50 %"), err.toString());
    assertTrue(err.toString().endsWith("\r\033[K"), err.toString());
  }
}
