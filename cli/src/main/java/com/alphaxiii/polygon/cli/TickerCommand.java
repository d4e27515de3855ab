package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.PolygonDataManager;
import com.alphaxiii.polygon.core.TickerInfo;
import com.alphaxiii.polygon.validate.SymbolAnswer;
import com.alphaxiii.polygon.validate.SymbolAnswer.State;
import com.alphaxiii.polygon.validate.SymbolAnswer.Suggestion;
import com.alphaxiii.polygon.validate.SymbolForm;
import com.alphaxiii.polygon.validate.SymbolGrammar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polygon ticker}: what symbols are, and what may have been meant; CSV when piped. */
@Command(
    name = "ticker",
    description = {
      "What symbols are: listed, delisted, renamed, recycled, unknown or no ticker at all.",
      "Exit code 3 when one is unknown or misspelt."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init")
final class TickerCommand implements Callable<Integer> {
  private final CommandContext context;

  @Mixin private UpstreamOptions upstream;

  @Parameters(
      arity = "1..*",
      paramLabel = "SYMBOL",
      description = "Tickers such as AAPL, case matters; @file names a file of them.")
  private List<String> symbols;

  @Option(
      names = "--offline",
      description = "Only how they are spelt: needs neither key nor network.")
  private boolean offline;

  TickerCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<String> wanted = symbols.stream().flatMap(this::each).toList();
    List<SymbolAnswer> answers = offline ? spelt(wanted) : lookedUp(wanted);
    if (!context.terminal()) {
      context
          .out()
          .println(
              "symbol,state,valid,name,type,market,exchange,delisted,explanation,note,suggestions");
    }
    answers.forEach(
        answer -> context.out().println(context.terminal() ? text(answer) : csv(answer)));
    return answers.stream().allMatch(TickerCommand::exists) ? ExitCode.OK : ExitCode.EMPTY;
  }

  /** A symbol as it stands, even one with a space; a file holds many. */
  private Stream<String> each(String given) {
    return given.startsWith("@")
        ? SymbolList.parse(given, context.folder()).stream()
        : Stream.of(given);
  }

  private List<SymbolAnswer> lookedUp(List<String> wanted) {
    PolygonConfig config = PolygonConfig.from(upstream.settings(context));
    try (PolygonDataManager manager =
        PolygonDataManager.open(config, context.clock(), context.nanoClock())) {
      return manager.validateTickers(wanted, true);
    }
  }

  private static List<SymbolAnswer> spelt(List<String> wanted) {
    return wanted.stream().map(SymbolGrammar::read).map(TickerCommand::spelt).toList();
  }

  private static SymbolAnswer spelt(SymbolForm form) {
    return new SymbolAnswer(
        form,
        form.isWellFormed() ? State.PLAUSIBLE : State.MALFORMED,
        Optional.empty(),
        Optional.empty(),
        "",
        form.spellings().stream()
            .map(spelling -> new Suggestion(spelling, "", "spelt as the vendor does"))
            .toList());
  }

  private static boolean exists(SymbolAnswer answer) {
    return answer.state() != State.UNKNOWN_SYMBOL && answer.state() != State.MALFORMED;
  }

  private static String text(SymbolAnswer answer) {
    StringBuilder text = new StringBuilder();
    String name = answer.info().map(TickerInfo::name).orElse("");
    text.append(
        "%-12s %-14s %s"
            .formatted(answer.form().symbol(), answer.state().toString().replace('_', ' '), name)
            .stripTrailing());
    line(text, answer.form().explanation());
    answer.info().ifPresent(info -> line(text, facts(info)));
    if (!answer.note().equals(answer.form().explanation())) {
      line(text, answer.note());
    }
    for (Suggestion suggestion : answer.suggestions()) {
      line(
          text,
          "%s? %s"
              .formatted(
                  suggestion.symbol(),
                  suggestion.name().isEmpty()
                      ? suggestion.why()
                      : suggestion.name() + ", " + suggestion.why()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String more) {
    if (!more.isEmpty()) {
      text.append(System.lineSeparator()).append("  ").append(more);
    }
  }

  private static String facts(TickerInfo info) {
    return Stream.of(
            info.market(),
            Optional.ofNullable(info.type()).orElse(""),
            info.exchange().orElse(""),
            info.active() ? "" : "delisted")
        .filter(fact -> !fact.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String csv(SymbolAnswer answer) {
    Optional<TickerInfo> info = answer.info();
    return Stream.of(
            quoted(answer.form().symbol()),
            answer.state().toString(),
            Boolean.toString(answer.isValid()),
            quoted(info.map(TickerInfo::name).orElse("")),
            info.flatMap(i -> Optional.ofNullable(i.type())).orElse(""),
            info.map(TickerInfo::market)
                .orElse(
                    answer.form().isWellFormed()
                        ? answer.form().kind().market().name().toLowerCase(Locale.ROOT)
                        : ""),
            info.flatMap(TickerInfo::exchange).orElse(""),
            answer.delisted().map(Object::toString).orElse(""),
            quoted(answer.form().explanation()),
            quoted(answer.note()),
            quoted(
                answer.suggestions().stream()
                    .map(Suggestion::symbol)
                    .collect(Collectors.joining(" "))))
        .collect(Collectors.joining(","));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
