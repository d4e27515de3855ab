package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.core.Tier;
import com.alphaxiii.polygon.server.ServerConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code polygon rate-limit}: what is used of the budget and when it resets, as the running server
 * knows it. Without one, what the plan allows: the budget is kept by the program that sends.
 */
@Command(
    name = "rate-limit",
    description = "The request budget: used, remaining, and when it resets.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class RateLimitCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/rate-limit";
  private static final List<String> COLUMNS =
      List.of(
          "tier",
          "limit_per_minute",
          "effective_limit_per_minute",
          "used_last_minute",
          "remaining",
          "reset_seconds",
          "queued",
          "expected_wait_seconds");

  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;
  @Mixin private ServerOptions server;

  RateLimitCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Settings settings = upstream.settings(context, server.values(), "WARN");
    ServerConfig config = Wiring.serverConfig(settings);
    Tier tier = settings.value("POLYGON_TIER", Tier::parse, Tier.ADVANCED);
    settings.check();
    RunningServer running = RunningServer.of(config);
    Optional<Map<String, String>> found = running.find(PATH);
    found.ifPresent(budget -> requireComplete(running, budget));
    if (found.isEmpty()) {
      context
          .err()
          .println(
              "polygon: no server runs at %s, so this is what the plan allows".formatted(running));
    }
    Map<String, String> budget =
        found.orElseGet(
            () ->
                Map.of(
                    "tier",
                    tier.toString(),
                    "limit_per_minute",
                    Integer.toString(tier.requestsPerMinute())));
    if (context.terminal()) {
      tell(budget);
    } else {
      context.out().println(String.join(",", COLUMNS));
      context.out().println(String.join(",", COLUMNS.stream().map(c -> cell(budget, c)).toList()));
    }
    Optional.ofNullable(budget.get("notice"))
        .ifPresent(notice -> context.err().println("polygon: " + notice));
    return ExitCode.OK;
  }

  private static void requireComplete(RunningServer server, Map<String, String> budget) {
    for (String column : COLUMNS) {
      if (!budget.containsKey(column)) {
        throw new PolygonException.BadData(
            "what listens at %s does not tell %s in its answer to %s: is it of another version?"
                .formatted(server, column, PATH));
      }
    }
  }

  private void tell(Map<String, String> budget) {
    line("budget", "%s requests a minute (%s)", budget, "limit_per_minute", "tier");
    if (!budget.containsKey("used_last_minute")) {
      return;
    }
    if (!cell(budget, "effective_limit_per_minute").equals(cell(budget, "limit_per_minute"))) {
      line("for now", "%s requests a minute", budget, "effective_limit_per_minute");
    }
    line("used", "%s", budget, "used_last_minute");
    line("remaining", "%s", budget, "remaining");
    line("resets in", "%s s", budget, "reset_seconds");
    line("waiting", "%s requests", budget, "queued");
    line("a new one", "waits about %s s", budget, "expected_wait_seconds");
  }

  private void line(String name, String form, Map<String, String> budget, String... columns) {
    Object[] values = Arrays.stream(columns).map(column -> cell(budget, column)).toArray();
    context.out().println("%-10s %s".formatted(name, form.formatted(values)));
  }

  private static String cell(Map<String, String> budget, String column) {
    return budget.getOrDefault(column, "");
  }
}
