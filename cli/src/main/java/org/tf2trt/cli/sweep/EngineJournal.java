// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import org.tf2trt.cli.json.JsonFiles;

/**
 * One file for each engine of a sweep, made before the work on it begins: when a native library
 * ends the process, the next one knows which engine that was, and goes on behind it.
 */
final class EngineJournal {
  private final Path folder;
  private final boolean resume;

  EngineJournal(Path folder, boolean resume) {
    this.folder = folder;
    this.resume = resume;
  }

  private Path file(String name, String precision) {
    return folder.resolve(name + "." + precision + ".json");
  }

  /** What an earlier process found, when this one resumes it. */
  Optional<ObjectNode> earlier(String name, String precision) {
    if (!resume) {
      return Optional.empty();
    }
    Optional<ObjectNode> found = JsonFiles.read(file(name, precision));
    found
        .filter(n -> n.path("status").asText().equals("running"))
        .ifPresent(
            n -> {
              n.put("status", "fail");
              n.putArray("messages").add("the process ended while it worked on this engine");
              finish(name, precision, n);
            });
    return found;
  }

  void begin(String name, String precision) {
    ObjectNode node = JsonFiles.object();
    node.put("name", name);
    node.put("precision", precision);
    node.put("status", "running");
    JsonFiles.write(node, file(name, precision));
  }

  void finish(String name, String precision, ObjectNode result) {
    JsonFiles.write(result, file(name, precision));
  }
}
