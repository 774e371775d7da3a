// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference.server;

/** What the child process can be asked. */
public enum Request {
  /** Load a SavedModel: folder, tags. */
  SAVED_MODEL,
  /** Start with a graph: GraphDef. */
  GRAPH,
  /** Add a graph beside what is loaded: prefix of its names, GraphDef. */
  ADD_GRAPH,
  /** Run an operation for its effect: feeds, its name. */
  TARGET,
  /** Compute tensors: feeds, names. Answers with the tensors in the order of the names. */
  RUN
}
