// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.OpDef;
import org.tf2trt.cli.demo.SampleModel;
import org.tf2trt.ir.diag.Code;

/** Whatever is wrong with the input: a coded error, exit code 1, no stack trace, no output file. */
class BadInputTest {
  @TempDir private Path folder;

  private CommandRun convert(Path model, Object... options) {
    Path onnx = folder.resolve("out.onnx");
    Object[] all =
        Stream.concat(Stream.of("convert", model, "-o", onnx), Arrays.stream(options)).toArray();
    CommandRun run = CommandRun.of(all);
    assertFalse(Files.exists(onnx), "an output file was left");
    assertFalse(run.err().contains("\tat "), run.err());
    return run;
  }

  private void assertRefused(Code code, CommandRun run, String... texts) {
    assertEquals(1, run.code(), run.err());
    assertTrue(run.err().startsWith("error[" + code.id() + "]"), run.err());
    for (String text : texts) {
      assertTrue(run.err().contains(text), run.err());
    }
  }

  private Path sample() {
    Path sample = folder.resolve("sample");
    SampleModel.unpack(sample);
    return sample.resolve("saved_model");
  }

  private Path relu() {
    try {
      return SampleGraphs.relu(folder.resolve("relu.pb"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void truncate(Path file, int part) throws IOException {
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length / part));
  }

  @Test
  void missingModel() {
    assertRefused(Code.MODEL_NOT_FOUND, convert(folder.resolve("none")));
  }

  @Test
  void emptyFolder() throws IOException {
    CommandRun run = convert(Files.createDirectory(folder.resolve("empty")));
    assertRefused(Code.WRONG_FILE_KIND, run);
  }

  @ParameterizedTest
  @CsvSource({"model.keras, model.export", "model.h5, model.export"})
  void kerasFilesAreToldHowToExport(String name, String advice) throws IOException {
    Path file = folder.resolve(name);
    byte[] start =
        name.endsWith(".h5")
            ? new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'}
            : new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0};
    Files.write(file, Arrays.copyOf(start, 100));
    assertRefused(Code.WRONG_FILE_KIND, convert(file), advice);
  }

  @Test
  void textThatIsNoModel() throws IOException {
    Path file = folder.resolve("notes.pb");
    Files.writeString(file, "Remember to export the model.\n");
    CommandRun run = convert(file);
    assertEquals(1, run.code());
    assertTrue(run.err().matches("(?s)error\\[TF00[23]\\].*"), run.err());
  }

  @Test
  void truncatedGraph() throws IOException {
    Path saved = sample();
    truncate(saved.resolve("saved_model.pb"), 2);
    assertRefused(Code.CORRUPT_FILE, convert(saved));
  }

  @Test
  void truncatedVariables() throws IOException {
    Path saved = sample();
    truncate(saved.resolve("variables/variables.data-00000-of-00001"), 2);
    CommandRun run = convert(saved);
    assertEquals(1, run.code());
    assertTrue(run.err().matches("(?s)error\\[TF00[37]\\].*"), run.err());
  }

  @Test
  void corruptVariables() throws IOException {
    Path saved = sample();
    Path data = saved.resolve("variables/variables.data-00000-of-00001");
    byte[] all = Files.readAllBytes(data);
    for (int i = 1000; i < all.length; i += 1000) {
      all[i] ^= 0x55;
    }
    Files.write(data, all);
    assertRefused(Code.CORRUPT_FILE, convert(saved));
  }

  @Test
  void missingShard() throws IOException {
    Path saved = sample();
    Files.delete(saved.resolve("variables/variables.data-00000-of-00001"));
    assertRefused(Code.MISSING_VARIABLE, convert(saved), "variables.data-00000-of-00001");
  }

  @Test
  void missingIndex() throws IOException {
    Path saved = sample();
    Files.delete(saved.resolve("variables/variables.index"));
    assertRefused(Code.MISSING_VARIABLE, convert(saved), "variables.index");
  }

  @Test
  void unknownSignatureListsThoseThatExist() {
    assertRefused(
        Code.UNKNOWN_SIGNATURE, convert(sample(), "--signature", "nope"), "serving_default");
  }

  @Test
  void unknownTagListsThoseThatExist() {
    assertRefused(Code.UNKNOWN_TAG, convert(sample(), "--tag", "nope"), "serve");
  }

  @Test
  void unknownShapeNameListsTheInputs() {
    assertRefused(Code.UNKNOWN_NAME, convert(relu(), "--shape", "nope=1x2"), "x: f32");
  }

  @Test
  void unknownOutput() {
    assertRefused(Code.UNKNOWN_NAME, convert(relu(), "--outputs", "nope"), "nope");
  }

  @Test
  void unknownInput() {
    assertRefused(Code.UNKNOWN_NAME, convert(relu(), "--inputs", "nope", "--outputs", "y"), "nope");
  }

  @ParameterizedTest
  @CsvSource({"x=1x2x3", "x=1x3", "x=0x2", "x=axb!", "x=99999999999999999999x2", "x=-5x2", "=1x2"})
  void impossibleShapes(String shape) {
    assertRefused(Code.BAD_SHAPE, convert(relu(), "--shape", shape));
  }

  @Test
  void impossibleDimInTheGraph() throws IOException {
    Path model =
        SampleGraphs.save(
            folder.resolve("bad.pb"),
            SampleGraphs.placeholder("x", -7, 2),
            SampleGraphs.node("y", "Relu", Map.of("T", SampleGraphs.type()), "x"));
    assertRefused(Code.BAD_SHAPE, convert(model));
  }

  @Test
  void unsupportedOpsComeAllAtOnce() throws IOException {
    Path model =
        SampleGraphs.save(
            folder.resolve("ops.pb"),
            SampleGraphs.placeholder("x", 2),
            SampleGraphs.node("a1", "MyFirstOp", Map.of(), "x"),
            SampleGraphs.node("a2", "MyFirstOp", Map.of(), "x"),
            SampleGraphs.node("b", "MySecondOp", Map.of(), "a1"));
    assertRefused(
        Code.UNSUPPORTED_OP, convert(model), "MyFirstOp", "2 nodes", "'a1'", "'a2'", "MySecondOp");
  }

  @Test
  void cyclicGraph() throws IOException {
    Map<String, AttrValue> t = Map.of("T", SampleGraphs.type());
    Path model =
        SampleGraphs.save(
            folder.resolve("cycle.pb"),
            SampleGraphs.node("a", "Relu", t, "b"),
            SampleGraphs.node("b", "Relu", t, "a"),
            SampleGraphs.node("y", "Relu", t, "b"));
    assertRefused(Code.MALFORMED_GRAPH, convert(model));
  }

  @Test
  void inputsThatContradictTheOp() throws IOException {
    Map<String, AttrValue> t = Map.of("T", SampleGraphs.type());
    Path none = SampleGraphs.save(folder.resolve("none.pb"), SampleGraphs.node("y", "Relu", t));
    assertRefused(Code.MALFORMED_GRAPH, convert(none), "0 inputs");
    Map<String, AttrValue> wide =
        Map.of("T", AttrValue.newBuilder().setType(DataType.DT_DOUBLE).build());
    Path other =
        SampleGraphs.save(
            folder.resolve("other.pb"),
            SampleGraphs.placeholder("x", 2),
            SampleGraphs.node("y", "Relu", wide, "x"));
    assertRefused(Code.MALFORMED_GRAPH, convert(other), "f32", "f64");
  }

  @Test
  void recursiveFunction() throws IOException {
    AttrValue self =
        AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName("again")).build();
    AttrValue types =
        AttrValue.newBuilder()
            .setList(AttrValue.ListValue.newBuilder().addType(DataType.DT_FLOAT))
            .build();
    Map<String, AttrValue> call = Map.of("f", self, "Tin", types, "Tout", types);
    FunctionDef function =
        FunctionDef.newBuilder()
            .setSignature(
                OpDef.newBuilder()
                    .setName("again")
                    .addInputArg(argument("a"))
                    .addOutputArg(argument("b")))
            .addNodeDef(SampleGraphs.node("call", "PartitionedCall", call, "a"))
            .putRet("b", "call:output:0")
            .build();
    GraphDef graph =
        GraphDef.newBuilder()
            .addNode(SampleGraphs.placeholder("x", 2))
            .addNode(SampleGraphs.node("y", "PartitionedCall", call, "x"))
            .setLibrary(FunctionDefLibrary.newBuilder().addFunction(function))
            .build();
    Path model = folder.resolve("recursive.pb");
    Files.write(model, graph.toByteArray());
    assertRefused(Code.RECURSIVE_FUNCTION, convert(model), "again");
  }

  private static OpDef.ArgDef argument(String name) {
    return OpDef.ArgDef.newBuilder().setName(name).setType(DataType.DT_FLOAT).build();
  }

  @Test
  void danglingInput() throws IOException {
    Path model =
        SampleGraphs.save(
            folder.resolve("dangling.pb"),
            SampleGraphs.node("y", "Relu", Map.of("T", SampleGraphs.type()), "gone"));
    assertRefused(Code.MALFORMED_GRAPH, convert(model), "gone");
  }

  @Test
  void outputFolderThatCannotBeWritten() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "");
    CommandRun run = CommandRun.of("convert", relu(), "-o", file.resolve("out.onnx"));
    assertRefused(Code.OUTPUT_NOT_WRITABLE, run, "file");
  }

  @Test
  void outputThatIsAFolder() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken.onnx"));
    assertRefused(Code.OUTPUT_NOT_WRITABLE, CommandRun.of("convert", relu(), "-o", taken));
  }

  @ParameterizedTest
  @CsvSource({"out.tflite, .onnx", "out, .onnx"})
  void outputOfAnotherKindIsAUsageError(String name, String text) {
    CommandRun run = CommandRun.of("convert", relu(), "-o", folder.resolve(name));
    assertEquals(2, run.code());
    assertTrue(run.err().contains(text), run.err());
    assertFalse(Files.exists(folder.resolve(name)));
  }

  @ParameterizedTest
  @CsvSource({
    "--opset 14",
    "--opset 24",
    "--opset x",
    "--io-layout nwhc",
    "--explain Rule",
    "--nope"
  })
  void badOptionsAreUsageErrors(String options) {
    CommandRun run = convert(relu(), (Object[]) options.split(" "));
    assertEquals(2, run.code());
    assertTrue(run.err().contains("--help"), run.err());
  }

  @Test
  void missingArgumentsAreUsageErrors() {
    assertEquals(2, CommandRun.of("convert").code());
    assertEquals(2, CommandRun.of("convert", relu()).code());
    assertEquals(2, CommandRun.of("nope").code());
  }
}
