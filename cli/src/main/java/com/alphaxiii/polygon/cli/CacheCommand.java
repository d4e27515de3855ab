package com.alphaxiii.polygon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code polygon cache}: looking after what is stored. */
@Command(
    name = "cache",
    description = "What is stored: counted, cleared, verified, compacted.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommandsRepeatable = false)
final class CacheCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private CacheCommand() {}

  static CommandLine of(CommandContext context) {
    return new CommandLine(new CacheCommand())
        .addSubcommand(new CacheStatsCommand(context))
        .addSubcommand(new CacheClearCommand(context))
        .addSubcommand(new CacheVerifyCommand(context))
        .addSubcommand(new CacheCompactCommand(context));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which of stats, clear, verify, compact?");
  }
}
