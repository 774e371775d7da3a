// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;

/** What a look inside the networks gave. */
interface Finding {
  /** For a terminal. */
  void print(PrintWriter out);

  /** Into the report, which the page is drawn from as well. */
  void put(ObjectNode root);
}
