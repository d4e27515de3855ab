package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.store.CacheFolder;
import com.alphaxiii.polygon.store.Damage;
import com.alphaxiii.polygon.store.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code polygon cache verify}: reads every file and every row; CSV when piped. */
@Command(
    name = "verify",
    description = {
      "Reads every file and every row. What cannot be trusted is dropped and fetched again when it"
          + " is asked for; files that belong to nothing are set aside.",
      "Exits with 1 when something is wrong and was not repaired."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class CacheVerifyCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private CacheOptions options;

  @Option(names = "--dry-run", description = "Only tell what is wrong.")
  private boolean dryRun;

  CacheVerifyCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path folder = options.folder(context);
    if (options.isMissing(context, folder)) {
      return ExitCode.EMPTY;
    }
    Verification found = CacheFolder.verify(folder, !dryRun, context.clock());
    if (!context.terminal()) {
      context.out().println("kind,path,detail,remedy");
    }
    found.damages().forEach(damage -> context.out().println(line(damage)));
    context
        .err()
        .println(
            "polygon: %d files of bars read (%d bytes); %s"
                .formatted(found.parts(), found.bytes(), outcome(found)));
    return found.sound() || found.repaired() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String outcome(Verification found) {
    if (found.sound()) {
      return "all is well";
    }
    return found.repaired()
        ? "%d damages repaired".formatted(found.damages().size())
        : "%d damages; run it without --dry-run to repair them".formatted(found.damages().size());
  }

  private String line(Damage damage) {
    String kind = damage.kind().toString().toLowerCase(Locale.ROOT);
    if (context.terminal()) {
      return "%s: %s: %s; %s"
          .formatted(
              kind.replace('_', ' '), damage.path(), damage.detail(), words() + damage.remedy());
    }
    return List.of(kind, damage.path().toString(), damage.detail(), words() + damage.remedy())
        .stream()
        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(","));
  }

  private String words() {
    return dryRun ? "would be " : "";
  }
}
