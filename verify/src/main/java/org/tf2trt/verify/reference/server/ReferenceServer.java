// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tf2trt.ir.data.TensorData;

/**
 * Main class of the child process. Each request is a {@link Request} and its fields; each answer is
 * true and what was asked for, or false and a message. It ends when its input does, so that it does
 * not outlive its parent.
 */
public final class ReferenceServer {
  private final DataInputStream in;
  private final DataOutputStream out;
  private final TfSession session = new TfSession();

  private ReferenceServer(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** Serves until the input ends. */
  public static void main(String[] arguments) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    System.setOut(System.err); // what libraries print must not get between the answers
    ReferenceServer server = new ReferenceServer(in, out);
    try {
      while (true) {
        server.serve(Request.valueOf(Frames.readText(in)));
        out.flush();
      }
    } catch (EOFException e) {
      // The parent is done.
    }
  }

  private void serve(Request request) throws IOException {
    switch (request) {
      case SAVED_MODEL -> {
        String folder = Frames.readText(in);
        List<String> tags = Frames.readTexts(in);
        answer(() -> session.loadSavedModel(folder, tags));
      }
      case GRAPH -> {
        byte[] graph = Frames.readBytes(in);
        answer(() -> session.importGraph(graph, ""));
      }
      case ADD_GRAPH -> {
        String prefix = Frames.readText(in);
        byte[] graph = Frames.readBytes(in);
        answer(() -> session.importGraph(graph, prefix));
      }
      case TARGET -> {
        Map<String, TensorData> feeds = feeds();
        String target = Frames.readText(in);
        answer(() -> session.run(feeds, List.of(), List.of(target)));
      }
      case RUN -> {
        Map<String, TensorData> feeds = feeds();
        List<String> fetches = Frames.readTexts(in);
        List<TensorData> results = answer(() -> session.run(feeds, fetches, List.of()));
        if (results != null) {
          for (TensorData result : results) {
            Frames.writeTensor(out, result);
          }
        }
      }
    }
  }

  private Map<String, TensorData> feeds() throws IOException {
    Map<String, TensorData> feeds = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = Frames.readText(in);
      feeds.put(name, Frames.readTensor(in));
    }
    return feeds;
  }

  /** Work that TensorFlow may refuse. */
  private interface Work<T> {
    T run();
  }

  private <T> T answer(Work<T> work) throws IOException {
    T result;
    try {
      result = work.run();
    } catch (TfException | UnsatisfiedLinkError | NoClassDefFoundError e) {
      out.writeBoolean(false);
      Frames.writeText(out, String.valueOf(e.getMessage()));
      return null;
    }
    out.writeBoolean(true);
    return result;
  }
}
