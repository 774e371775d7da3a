// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.backend.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tf2trt.ir.DType;
import org.tf2trt.ir.Dim;
import org.tf2trt.ir.Shape;
import org.tf2trt.ir.TensorType;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

class ProfilesTest {
  /** {@code "image", "batch,224,224,3"} pairs. */
  private static Map<String, TensorType> inputs(String... pairs) {
    Map<String, TensorType> inputs = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      List<Dim> dims = Arrays.stream(pairs[i + 1].split(",")).map(Dim::parse).toList();
      inputs.put(pairs[i], new TensorType(DType.F32, Shape.of(dims)));
    }
    return inputs;
  }

  private static List<String> resolve(Map<String, TensorType> in, String batch, String... specs) {
    return Profiles.resolve(
            in,
            Arrays.stream(specs).map(ProfileSpec::parse).toList(),
            Optional.ofNullable(batch).map(Extents::parse))
        .stream()
        .map(Profiles::text)
        .toList();
  }

  private static DiagnosticException fails(
      Code code, Map<String, TensorType> in, String batch, String... specs) {
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> resolve(in, batch, specs));
    assertEquals(code, e.diagnostics().get(0).code(), e.getMessage());
    return e;
  }

  private static final Map<String, TensorType> IMAGE = inputs("image", "batch,224,224,3");

  @Test
  void staticShapesNeedNone() {
    assertEquals(List.of(), resolve(inputs("x", "1,3"), null));
  }

  @Test
  void batchIsTheShortForm() {
    assertEquals(
        List.of("image=1x224x224x3..8x224x224x3..32x224x224x3"), resolve(IMAGE, "1..8..32"));
    assertEquals(List.of("image=1x224x224x3..16x224x224x3..16x224x224x3"), resolve(IMAGE, "1..16"));
    assertEquals(List.of("image=4x224x224x3"), resolve(IMAGE, "4"));
  }

  @Test
  void batchOfAFixedModelMayOnlyRepeatIt() {
    assertEquals(List.of(), resolve(inputs("x", "8,3"), "8"));
    fails(Code.BAD_PROFILE, inputs("x", "8,3"), "1..8");
    fails(Code.BAD_PROFILE, inputs("x", "8,3"), "4");
  }

  @Test
  void aProfileGivesShapesOfInputs() {
    assertEquals(
        List.of("image=1x224x224x3..8x224x224x3..32x224x224x3"),
        resolve(IMAGE, null, "image=1x224x224x3..8x224x224x3..32x224x224x3"));
  }

  @Test
  void severalProfiles() {
    assertEquals(
        List.of("image=1x224x224x3", "image=8x224x224x3..32x224x224x3..32x224x224x3"),
        resolve(IMAGE, null, "image=1x224x224x3", "batch=8..32"));
  }

  @Test
  void inputsOfOneSymbolShareItsRange() {
    Map<String, TensorType> in = inputs("a", "batch,len", "b", "batch,len", "c", "batch,2*len+1");
    assertEquals(
        List.of("a=1x8..2x16..4x32,b=1x8..2x16..4x32,c=1x17..2x33..4x65"),
        resolve(in, null, "a=1x8..2x16..4x32"));
    assertEquals(
        List.of("a=1x8..2x8..4x8,b=1x8..2x8..4x8,c=1x17..2x17..4x17"),
        resolve(in, "1..2..4", "len=8"));
  }

  @Test
  void dimsWithoutANameAreGivenByInput() {
    Map<String, TensorType> in = inputs("a", "?,3", "b", "?,3");
    assertEquals(List.of("a=1x3..2x3..4x3,b=5x3"), resolve(in, null, "a=1x3..2x3..4x3;b=5x3"));
    assertEquals(List.of("a=1x3..2x3..2x3,b=1x3..2x3..2x3"), resolve(in, "1..2"));
    assertTrue(
        fails(Code.MISSING_PROFILE, in, null, "a=1x3").getMessage().contains("dim 0 of 'b'"));
  }

  @Test
  void aMissingRangeNamesTheSymbolsAndProposesAFlag() {
    assertEquals(
        "error[TF041] these dims are open and have no range: batch (image:"
            + " f32[batch,224,224,3]); give them, for example with --batch 1..8..32",
        fails(Code.MISSING_PROFILE, IMAGE, null).getMessage());
    String message =
        fails(Code.MISSING_PROFILE, inputs("image", "batch,h,w,3"), "1..8").getMessage();
    assertTrue(message.contains("no range: h, w"), message);
    String flag = message.substring(message.indexOf("--profile") + 11, message.length() - 1);
    assertEquals(
        List.of("image=1x64x64x3..8x224x224x3..32x512x512x3"),
        resolve(inputs("image", "batch,h,w,3"), null, flag));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image=1x224x224",
        "image=1x224x224x4",
        "image=2x224x224x3..1x224x224x3",
        "image=1x224x224x3..8x224x224",
        "image=1xax224x3",
        "image",
        "=1x2",
        "image=1x224x224x3,image=2x224x224x3",
        "image=1x224x224x3,batch=2",
        "batch=1..2..3..4",
        "batch=99999999999",
      })
  void refusesWhatDoesNotFit(String spec) {
    fails(Code.BAD_PROFILE, IMAGE, null, spec);
  }

  @Test
  void namesThatDoNotExist() {
    String message = fails(Code.UNKNOWN_NAME, IMAGE, null, "x=1..2").getMessage();
    assertTrue(message.contains("image: f32[batch,224,224,3]"), message);
    fails(Code.UNKNOWN_NAME, IMAGE, null, "batch=1x2");
  }

  @Test
  void aSymbolWithTwoRangesIsRefused() {
    Map<String, TensorType> in = inputs("a", "batch,3", "b", "batch,3");
    fails(Code.BAD_PROFILE, in, null, "a=1x3..2x3,b=1x3..4x3");
  }

  @Test
  void anUnknownRankIsRefused() {
    Map<String, TensorType> in = Map.of("x", TensorType.unranked(DType.F32));
    assertTrue(fails(Code.MISSING_PROFILE, in, "1").getMessage().contains("--shape x="));
  }

  @Test
  void scalarsAreLeftAlone() {
    Map<String, TensorType> in = new LinkedHashMap<>(IMAGE);
    in.put("rate", TensorType.of(DType.F32));
    assertEquals(List.of("image=2x224x224x3"), resolve(in, "2"));
  }

  private static final Map<String, TensorType> SIZED =
      Map.of("size", new TensorType(DType.I32, Shape.of(2L)));

  @Test
  void aProfileGivesTheValuesOfASize() {
    assertEquals(
        List.of("size=32x32..224x224..512x512"),
        resolve(SIZED, null, "size=32x32..224x224..512x512"));
    assertEquals(List.of("size=8x9"), resolve(SIZED, null, "size=8x9"));
    Map<String, TensorType> scalar = Map.of("n", new TensorType(DType.I64, Shape.of(List.of())));
    assertEquals(List.of("n=1..4..8"), resolve(scalar, null, "n=1..4..8"));
  }

  @Test
  void valuesMayBeNegativeAndStandInRows() {
    assertEquals(List.of("size=-1x0..0x4..3x8"), resolve(SIZED, null, "size=-1x0..0x4..3x8"));
    Map<String, TensorType> paddings = Map.of("p", new TensorType(DType.I32, Shape.of(2L, 2L)));
    assertEquals(
        List.of("p=0x0x0x0..1x1x2x2..4x4x4x4"),
        resolve(paddings, null, "p=0x0x0x0..1x1x2x2..4x4x4x4"));
    assertEquals(List.of(), resolve(paddings, null, "p=2x2"));
    assertFalse(ShapeValues.candidate(new TensorType(DType.I32, Shape.of(9L, 8L))));
    assertTrue(
        fails(Code.BAD_PROFILE, IMAGE, null, "image=-1x224x224x3")
            .getMessage()
            .contains("has a dim of -1"));
  }

  @Test
  void ofARowOfIntegersTheShapeMayBeRepeated() {
    assertEquals(List.of(), resolve(SIZED, null, "size=2"));
  }

  @Test
  void asManyValuesAsTheInputHolds() {
    assertTrue(
        fails(Code.BAD_PROFILE, SIZED, null, "size=1x1x1").getMessage().contains("has 3 values"));
    fails(Code.BAD_PROFILE, inputs("x", "2"), null, "x=8x8");
  }

  @Test
  void valuesThatShapesDependOnAreRequired() {
    assertTrue(ShapeValues.possible(SIZED));
    assertFalse(ShapeValues.possible(inputs("x", "2")));
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class, () -> ShapeValues.require(SIZED, List.of(), Set.of("size")));
    assertEquals(Code.MISSING_PROFILE, e.diagnostics().get(0).code());
    assertTrue(e.getMessage().contains("--profile \"size=1x1..224x224..512x512\""), e.getMessage());
    ShapeValues.require(SIZED, List.of(), Set.of());
    ShapeValues.require(
        SIZED,
        Profiles.resolve(SIZED, List.of(ProfileSpec.parse("size=1x1..8x8..9x9")), Optional.empty()),
        Set.of("size"));
  }
}
