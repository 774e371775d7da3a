// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @Test
  void readsUnitsOfAllKinds() {
    assertEquals(4L << 30, ByteSize.parse("4GiB"));
    assertEquals(4L << 30, ByteSize.parse("4G"));
    assertEquals(512L << 20, ByteSize.parse("512 mib"));
    assertEquals(1000, ByteSize.parse("1000"));
    assertEquals(7, ByteSize.parse("7B"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "-1", "1.5G", "4iB", "4XB", "999999999999999T", "1 2"})
  void refusesWhatIsNoSize(String text) {
    assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
  }

  @Test
  void printsWithTheUnitThatKeepsNumbersShort() {
    assertEquals("0 B", ByteSize.text(0));
    assertEquals("1023 B", ByteSize.text(1023));
    assertEquals("1.5 KiB", ByteSize.text(1536));
    assertEquals("139 GiB", ByteSize.text(139L << 30));
  }
}
