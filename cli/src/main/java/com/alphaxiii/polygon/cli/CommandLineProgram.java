package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.PolygonException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code polygon} command: its subcommands, its help, and how errors become exit codes. */
@Command(
    name = "polygon",
    description = "The market-data hub for one Polygon.io (Massive.com) key.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    subcommandsRepeatable = false,
    footerHeading =
        "%nSettings (from .env here, then the environment, then options; later wins):%n",
    footer = {
      "  POLYGON_API_KEY      the vendor's key (MASSIVE_API_KEY is read too)",
      "  POLYGON_TIER         basic, starter, developer, advanced, business [advanced]",
      "  POLYGON_BASE_URL     REST base [https://api.massive.com]",
      "  POLYGON_STREAM_URL   WebSocket base [by tier, wss://socket.massive.com]",
      "  POLYGON_STREAM_PROXY http:// or socks5:// proxy of the stream [none]",
      "  SERVER_HOST          address the server binds [0.0.0.0]",
      "  SERVER_PORT          its port [8200]",
      "  SERVER_TLS_CERT      PEM file of the server's certificate: HTTPS and WSS [none]",
      "  SERVER_TLS_KEY       PEM file of its private key [none]",
      "  SERVER_TOKENS        name:token,… that clients present, each with options such as",
      "                       ;limit=600/min;scopes=bars+ticks;sockets=5 [none: loopback only]",
      "  CORS_ORIGINS         browser origins allowed [those of localhost]",
      "  WS_MAX_CONNECTIONS   WebSocket clients at once [100]",
      "  PEER_MAX_CONNECTIONS connections of one machine besides [1000]",
      "  GAP_FILL_FIRST       end of a long gap of the stream that is filled: newest or oldest"
          + " [newest]",
      "  GAP_FILL_EVENTS      events of one gap that are fetched at most, 0 for none [50000]",
      "  GAP_FILL_MINUTES     minutes of one gap that are filled at most [60]",
      "  GAP_FILL_SYMBOLS     symbols filled of a gap of *, those with most events [100]",
      "  CACHE_DIR            cache root [./polygon_cache]",
      "  CACHE_MAX_BYTES      size of its files, such as 20G; least recently used goes first"
          + " [none]",
      "  POLYGON_FLATFILES_URL  flat files: https://host[/bucket], file:"
          + " [https://files.massive.com]",
      "  POLYGON_S3_ACCESS_KEY, POLYGON_S3_SECRET_KEY  the pair of keys for them",
      "  RECORD_SYMBOLS       tickers that serve records, or * [none: it records nothing]",
      "  RECORD_CHANNELS      what of them [T,Q]",
      "  RECORD_DIR           root of recordings [recordings in CACHE_DIR]",
      "  ACCESS_LOG           a line for each request of serve: off, text, json [text]",
      "  LOG_LEVEL            TRACE, DEBUG, INFO, WARN, ERROR [serve, simulate: INFO; else WARN]",
      "",
      "Exit codes: 0 ok, 1 failed, 2 usage, 3 not found or empty, 4 not entitled or bad key,",
      "5 upstream unavailable."
    })
final class CommandLineProgram implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private CommandLineProgram() {}

  /**
   * Runs a command line and returns its exit code; nothing is thrown and the process is not ended.
   */
  static int run(String[] args, CommandContext context) {
    CommandLine program = new CommandLine(new CommandLineProgram());
    program
        .addSubcommand(new DemoCommand(context))
        .addSubcommand(new ServeCommand(context))
        .addSubcommand(new BarsCommand(context))
        .addSubcommand(new ValidateCommand(context))
        .addSubcommand(new FeaturesCommand(context))
        .addSubcommand(new LatestCommand(context))
        .addSubcommand(new TradesCommand(context))
        .addSubcommand(new QuotesCommand(context))
        .addSubcommand(new SplitsCommand(context))
        .addSubcommand(new GetCommand(context))
        .addSubcommand(new StreamCommand(context))
        .addSubcommand(new BackfillCommand(context))
        .addSubcommand(new ImportCommand(context))
        .addSubcommand(new SearchCommand(context))
        .addSubcommand(new TickerCommand(context))
        .addSubcommand(new MarketCommand(context))
        .addSubcommand(CacheCommand.of(context))
        .addSubcommand(new RateLimitCommand(context))
        .addSubcommand(new SimulateCommand(context));
    program.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
    program.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
    program.setCaseInsensitiveEnumValuesAllowed(true);
    // --symbols @file is read by the command; here it would be taken for more of the command line.
    program.setExpandAtFiles(false);
    program.setExecutionExceptionHandler(
        (error, command, parsed) -> {
          if (error instanceof PolygonException known) {
            context.err().println("polygon: " + known.getMessage());
            return ExitCode.of(known);
          }
          // Through the log, since only there secrets are masked; a logger is made only when
          // needed.
          LoggerFactory.getLogger(CommandLineProgram.class)
              .error("{} failed in a way that it should not", command.getCommandName(), error);
          return ExitCode.FAILED;
        });
    return program.execute(args);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }
}
