package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.calendar.MarketCalendar;
import com.alphaxiii.polygon.calendar.MarketMoment;
import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code polygon market}: what US equities do now; asks nobody. */
@Command(
    name = "market",
    description = "What US equities do now, and when they next open and close; without a request.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
final class MarketCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm 'New York'", Locale.ROOT);

  private final CommandContext context;

  MarketCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    MarketMoment now = MarketMoment.of(MarketCalendar.usEquities(), context.clock().instant());
    DateTimeFormatter form = context.terminal() ? WORDS : TIME;
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("market", now.phase().toString());
    facts.put("session", now.session().orElse(""));
    facts.put("time", time(now.at(), form));
    facts.put("trading_day", Boolean.toString(now.day().isPresent()));
    facts.put("early_close", Boolean.toString(now.earlyClose()));
    facts.put("next_open", time(now.nextOpen(), form));
    facts.put("next_close", time(now.nextClose(), form));
    if (context.terminal()) {
      facts.forEach((name, value) -> context.out().println("%-12s %s".formatted(name, value)));
    } else {
      context.out().println(String.join(",", facts.keySet()));
      context.out().println(String.join(",", facts.values()));
    }
    return ExitCode.OK;
  }

  private static String time(Instant at, DateTimeFormatter form) {
    return form.format(at.atZone(Market.NEW_YORK));
  }
}
