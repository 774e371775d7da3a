// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

class TensorFlowNativesTest {
  private static DiagnosticException missing(String property, String value) {
    String before = System.getProperty(TensorFlowNatives.FOLDER, "");
    System.setProperty(TensorFlowNatives.FOLDER, "");
    System.setProperty(property, value);
    try {
      return assertThrows(DiagnosticException.class, () -> TensorFlowNatives.classPath(text -> {}));
    } finally {
      System.clearProperty(property);
      System.setProperty(TensorFlowNatives.FOLDER, before);
    }
  }

  @Test
  void saysWhatToPutIntoAnEmptyFolder(@TempDir Path folder) {
    DiagnosticException e = missing(TensorFlowNatives.FOLDER, folder.toString());
    assertEquals(Code.REFERENCE_MISSING, e.diagnostics().get(0).code());
    assertTrue(e.getMessage().contains("tensorflow-core-native"), e.getMessage());
  }

  @Test
  void saysWhatToAddWithoutARepository() {
    DiagnosticException e = missing(TensorFlowNatives.HOME, "");
    assertEquals(Code.REFERENCE_MISSING, e.diagnostics().get(0).code());
    assertTrue(e.getMessage().contains("class path"), e.getMessage());
  }
}
