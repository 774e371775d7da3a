// SPDX-License-Identifier: Apache-2.0
package org.tf2trt.cli;

import org.tf2trt.convert.Converter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The {@code tf2trt} command. */
@Command(
    name = "tf2trt",
    description = "Compiles TensorFlow models: to verified ONNX, and to TensorRT engines.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      ConvertCommand.class,
      InspectCommand.class,
      VerifyCommand.class,
      BuildCommand.class,
      RunCommand.class,
      BenchCommand.class,
      LayersCommand.class,
      DoctorCommand.class,
      SweepCommand.class,
      PassesCommand.class,
      OpsCommand.class,
      RecipeCommand.class,
      DemoCommand.class
    },
    footerHeading = "%nTry:%n",
    footer = {
      "  tf2trt convert my_saved_model -o my_model.onnx",
      "  tf2trt convert --help",
      "",
      "Exit codes: 0 ok, 1 the model or its accuracy is at fault, 2 usage, 3 a bug of tf2trt, 4 a"
          + " lost GPU.",
      ""
    })
public final class Main implements Runnable {
  private static final int HELP_WIDTH = 100;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--debug",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Print a stack trace when tf2trt itself fails.")
  private boolean debug;

  /** Without a subcommand there is nothing to do but to say what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  boolean debug() {
    return debug;
  }

  /** The top of the command that was called. */
  static Main of(CommandLine command) {
    CommandLine top = command;
    while (top.getParent() != null) {
      top = top.getParent();
    }
    return top.getCommand();
  }

  /** The command line, ready to execute. */
  static CommandLine commandLine() {
    ErrorHandling errors = new ErrorHandling();
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  /** Starts the command line and exits with its code. */
  public static void main(String[] args) {
    System.exit(execute(commandLine(), args));
  }

  /** What picocli does not catch ends in a message too. */
  static int execute(CommandLine command, String... args) {
    try {
      return command.execute(args);
    } catch (OutOfMemoryError e) {
      command.getErr().println("error: out of memory; give more, as in TF2TRT_JAVA_OPTS=-Xmx8g");
      return ExitCode.MODEL;
    } catch (StackOverflowError e) {
      command.getErr().println("internal error: the model is nested too deeply for this stack");
      return ExitCode.OUR_BUG;
    } finally {
      command.getOut().flush();
      command.getErr().flush();
    }
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Converter.version();
      return new String[] {"tf2trt " + (version.isEmpty() ? "(unpackaged)" : version)};
    }
  }
}
