// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.verify.reference;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tf2trt.ir.diag.Code;
import org.tf2trt.ir.diag.DiagnosticException;

/**
 * Finds TensorFlow's native library: on the class path, in the folder that the system property
 * {@code tf2trt.tensorflow} names, or in the repository that {@code tf2trt.home} names, where it is
 * fetched when it is first needed.
 */
public final class TensorFlowNatives {
  /** A folder with jars of the native library. */
  static final String FOLDER = "tf2trt.tensorflow";

  /** The repository that this was built in. */
  static final String HOME = "tf2trt.home";

  private static final String PLATFORM = "linux-x86_64";
  private static final String RESOURCE =
      "/org/tensorflow/internal/c_api/" + PLATFORM + "/libjnitensorflow.so";

  private TensorFlowNatives() {}

  /** Whether a reference can be run without fetching anything. */
  public static boolean present() {
    return onClassPath() || folder() != null && !jars(folder()).isEmpty();
  }

  /**
   * The class path of a process that runs TensorFlow.
   *
   * @param notice hears what is fetched
   * @throws DiagnosticException {@code REFERENCE_MISSING}
   */
  static String classPath(Consumer<String> notice) {
    String own = System.getProperty("java.class.path");
    requirePlatform();
    if (onClassPath()) {
      return own;
    }
    Path folder = folder();
    if (folder == null) {
      throw missing("it is not on the class path", "add " + artifact() + " to the class path");
    }
    if (jars(folder).isEmpty()) {
      fetch(folder, notice);
    }
    List<String> all = new ArrayList<>(List.of(own));
    all.addAll(jars(folder));
    return String.join(File.pathSeparator, all);
  }

  private static void requirePlatform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    if (!os.contains("linux") || !arch.equals("amd64") && !arch.equals("x86_64")) {
      throw missing(
          "there is none for " + os + " on " + arch,
          "verify on Linux on x86-64, or against arrays with --golden");
    }
  }

  private static boolean onClassPath() {
    return TensorFlowNatives.class.getResource(RESOURCE) != null;
  }

  private static Path folder() {
    String given = System.getProperty(FOLDER, "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    String home = System.getProperty(HOME, "");
    return home.isEmpty() ? null : Path.of(home, "verify", "target", "tensorflow");
  }

  private static List<String> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<String> jars =
          files.map(Path::toString).filter(f -> f.endsWith(PLATFORM + ".jar")).sorted().toList();
      // Both have to be there: TensorFlow's and that of JavaCPP.
      return jars.size() < 2 ? List.of() : jars;
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void fetch(Path folder, Consumer<String> notice) {
    Path home = Path.of(System.getProperty(HOME, ""));
    Path maven = home.resolve("mvnw");
    if (!System.getProperty(FOLDER, "").isEmpty() || !Files.isExecutable(maven)) {
      throw missing(
          "'" + folder + "' does not hold it", "put the jars of " + artifact() + " there");
    }
    notice.accept("fetching TensorFlow, which verification runs as the reference: 161 MB, once");
    String command = "./mvnw -B -q -Ptensorflow -pl verify dependency:copy@tensorflow";
    try {
      Process process =
          new ProcessBuilder(command.split(" "))
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0 || jars(folder).isEmpty()) {
        String first = said.lines().filter(l -> l.contains("ERROR")).findFirst().orElse("");
        throw missing(
            "it could not be fetched: " + first,
            "look what 'cd " + home + " && " + command + "' says");
      }
    } catch (IOException e) {
      throw missing("it could not be fetched: " + e.getMessage(), "run " + command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw missing("fetching it was interrupted", "run it again");
    }
  }

  private static String artifact() {
    return "org.tensorflow:tensorflow-core-native and org.bytedeco:javacpp for " + PLATFORM;
  }

  private static DiagnosticException missing(String what, String next) {
    return DiagnosticException.of(Code.REFERENCE_MISSING, "TensorFlow", what, next);
  }
}
