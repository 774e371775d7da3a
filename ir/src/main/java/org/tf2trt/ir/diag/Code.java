// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.ir.diag;

import java.util.Locale;

/**
 * Every diagnostic code. The number never changes once released; each has a section in
 * docs/errors.md.
 */
public enum Code {
  /** The path does not exist or cannot be read. */
  MODEL_NOT_FOUND(1, "the model cannot be read"),
  /** The file is of another kind than a TensorFlow or ONNX model. */
  WRONG_FILE_KIND(2, "not a model this tool reads"),
  /** The file ends early or its bytes are not what its format asks. */
  CORRUPT_FILE(3, "the file is truncated or corrupt"),
  /** No signature of that name. */
  UNKNOWN_SIGNATURE(4, "the signature does not exist"),
  /** No MetaGraph with these tags. */
  UNKNOWN_TAG(5, "no graph with these tags"),
  /** A tensor, node, input, output or shape name that the model lacks. */
  UNKNOWN_NAME(6, "the name does not exist in the model"),
  /** A variable or one of its shards has no data. */
  MISSING_VARIABLE(7, "a variable has no value"),
  /** Functions call each other in a circle. */
  RECURSIVE_FUNCTION(8, "recursive function"),
  /** A dimension is negative, too large, or contradicts the graph. */
  BAD_SHAPE(9, "impossible shape"),
  /** The output cannot be written. */
  OUTPUT_NOT_WRITABLE(10, "the output cannot be written"),
  /** The graph is malformed: a cycle, a dangling input, a missing attribute. */
  MALFORMED_GRAPH(11, "malformed graph"),
  /** An op that has no lowering. */
  UNSUPPORTED_OP(12, "op not supported"),
  /** An op that is supported, but not in this form. */
  UNSUPPORTED_FORM(13, "op not supported in this form"),
  /** Strings, tables or parsing reach the outputs. */
  HOST_ONLY(14, "op runs on the host only"),
  /** A value must be constant at conversion time and is not. */
  NOT_CONSTANT(15, "a value must be constant"),
  /** The outputs differ from the reference by more than the tolerance. */
  ACCURACY(16, "outputs differ from the reference"),
  /** The emitted or given ONNX model breaks a rule of the ONNX specification. */
  INVALID_ONNX(17, "invalid ONNX"),
  /** The runtime refused or failed to run the model. */
  RUNTIME_FAILED(18, "the runtime failed"),
  /** A pass specification names what does not exist or cannot be placed. */
  BAD_PASS(19, "bad pass specification"),
  /** IR text that does not parse. */
  BAD_TEXT(20, "IR text does not parse"),
  /** Input data (npz, npy) that does not fit the model. */
  BAD_DATA(21, "input data does not fit"),
  /** A function the graph calls is not in the library. */
  MISSING_FUNCTION(22, "a called function is missing"),
  /** The graph uses an attribute value or dtype that ONNX cannot express. */
  UNSUPPORTED_DTYPE(23, "dtype not supported"),
  /** A case or model description (META.json, meta.json) is not as documented. */
  BAD_DESCRIPTION(24, "bad model description"),
  /** No NVIDIA driver, or no GPU that it serves. */
  NO_GPU_DRIVER(30, "no NVIDIA driver or GPU"),
  /** The class path has no native parts of the bindings: not a build for GPUs. */
  NO_GPU_BINDINGS(31, "not built for GPUs"),
  /** The CUDA runtime library is not found. */
  NO_CUDA_RUNTIME(32, "no CUDA runtime"),
  /** The libraries of TensorRT are not found. */
  NO_TENSORRT(33, "no TensorRT"),
  /** The TensorRT that is found is of another line than the build. */
  TENSORRT_VERSION(34, "TensorRT of another version"),
  /** TensorRT's builder has no kernels for this GPU. */
  NO_BUILDER_RESOURCE(35, "no builder resource for this GPU"),
  /** A library was found and does not load. */
  GPU_LIBRARY(36, "a GPU library does not load"),
  /** CUDA or TensorRT failed at run time. */
  GPU_FAILED(37, "the GPU failed"),
  /** A build option that this TensorRT or this model does not take. */
  BAD_BUILD_OPTION(38, "bad build option"),
  /** TensorRT built no engine. */
  BUILD_FAILED(39, "the engine cannot be built"),
  /** A profile that is malformed or contradicts the model. */
  BAD_PROFILE(40, "the profile does not fit the model"),
  /** An engine needs a range for every open dim. */
  MISSING_PROFILE(41, "an open dim has no range"),
  /** The file that describes an engine is malformed. */
  BAD_SIDECAR(42, "the engine's sidecar is malformed"),
  /** An engine for another GPU or another TensorRT. */
  PLAN_MISMATCH(43, "the engine does not fit this machine"),
  /** Times that other work or changing clocks spoil. */
  UNSTABLE_TIMES(44, "the measured times are not stable"),
  /** TensorRT's parser does not take the ONNX model. */
  TENSORRT_REFUSED(45, "TensorRT refuses the model"),
  /** A warning of TensorRT. */
  TENSORRT_SAYS(46, "TensorRT warns"),
  /** TensorRT's parser does not take an op, a type or a rank. */
  NOT_FOR_TENSORRT(60, "TensorRT does not take it"),
  /** An input or output of the engine has another type than the model's. */
  ENGINE_INTERFACE(61, "the engine's interface differs"),
  /** Values are kept in a type that does not hold all of them. */
  PRECISION_LOST(62, "precision is lost"),
  /** Quantised values that int8 around zero does not hold: they are computed in floats. */
  NOT_INT8(63, "not computed in int8"),
  /** A recipe for a custom op that is malformed or does not fit the node. */
  BAD_RECIPE(70, "bad recipe"),
  /** A recipe does not give what its own check says. */
  RECIPE_CHECK(71, "a recipe fails its check"),
  /** A plugin that cannot be loaded or placed. */
  BAD_PLUGIN(72, "the plugin cannot be used"),
  /** A plugin's code threw an exception. */
  PLUGIN_FAILED(73, "the plugin failed"),
  /** A plugin's pass, rule or lowering left a graph that is not valid. */
  PLUGIN_BROKE_GRAPH(74, "the plugin broke the graph"),
  /** TensorFlow's native library is not there. */
  REFERENCE_MISSING(80, "TensorFlow is not there to compare with"),
  /** TensorFlow refused or failed to run the original model. */
  REFERENCE_FAILED(81, "TensorFlow failed"),
  /** The IR broke one of its invariants: a bug of this tool or of a plugin. */
  BROKEN_INVARIANT(90, "internal: broken invariant"),
  /** Rules do not converge: a bug of this tool or of a plugin. */
  NO_CONVERGENCE(91, "internal: rules do not converge");

  private final int number;
  private final String title;

  Code(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /** As printed, for example {@code TF012}. */
  public String id() {
    return String.format(Locale.ROOT, "TF%03d", number);
  }

  public String title() {
    return title;
  }

  /** True for faults of this tool rather than of the model or the command line. */
  public boolean internal() {
    return number >= 90;
  }
}
