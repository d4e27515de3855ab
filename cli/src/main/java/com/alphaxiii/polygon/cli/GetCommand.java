package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.PolygonConfig;
import com.alphaxiii.polygon.catalogue.Answer.Shape;
import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.client.RateBudget;
import com.alphaxiii.polygon.client.RestAnswer;
import com.alphaxiii.polygon.client.RestClient;
import com.alphaxiii.polygon.client.RestConfig;
import com.alphaxiii.polygon.client.Row;
import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.PolygonException.InvalidRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code polygon get}: any endpoint of the vendor, by its name or path. */
@Command(
    name = "get",
    description = {
      "Any endpoint of the vendor, by its name or path.",
      "Prints the answer's JSON, indented on a terminal; with --all every element of",
      "every page, one a line when piped."
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  polygon get --list options",
      "  polygon get trades --describe",
      "  polygon get trades ticker=AAPL timestamp=2024-01-02 --all > trades.ndjson",
      "  polygon get '/v3/reference/tickers/AAPL?date=2020-01-02'"
    })
@SuppressWarnings("NullAway.Init")
final class GetCommand implements Callable<Integer> {
  /** Looks whether anybody still reads this often; looking costs a flush. */
  private static final int ELEMENTS_BETWEEN_LOOKS = 1_000;

  private final CommandContext context;

  @Spec private CommandSpec spec;

  @Mixin private UpstreamOptions upstream;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME|PATH",
      description = "Such as bars, or /v3/reference/tickers/AAPL.")
  private @Nullable String endpoint;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "The vendor's parameters, such as ticker=AAPL limit=5.")
  private List<String> pairs = List.of();

  @Option(names = "--all", description = "Follow all pages, in the largest steps allowed.")
  private boolean all;

  @Option(
      names = "--list",
      description = "List the endpoints, or those that have NAME in their name or path.")
  private boolean list;

  @Option(names = "--describe", description = "Tell the endpoint's parameters and fields instead.")
  private boolean describe;

  GetCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (list) {
      return list(endpoint == null ? "" : endpoint);
    }
    if (endpoint == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Which endpoint? polygon get --list names them");
    }
    if (describe) {
      return describe(endpoint);
    }
    Map<String, String> parameters = parameters();
    PolygonConfig config = PolygonConfig.from(upstream.settings(context));
    try (RestClient client =
        RestClient.open(
            RestConfig.of(config.baseUrl(), config.apiKey()),
            RateBudget.of(config.tier(), context.nanoClock()),
            context.clock(),
            context.nanoClock())) {
      boolean pages =
          all && Catalogue.of().find(endpoint).filter(e -> e.answer().list()).isPresent();
      return pages
          ? elements(client.pages(endpoint, parameters, row -> row))
          : answer(client.get(endpoint, parameters));
    }
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "'%s' is not of the form key=value".formatted(pair));
      }
      String name = pair.substring(0, equals);
      String value = pair.substring(equals + 1);
      if (parameters.put(name, value) != null) {
        throw new InvalidRequest(
            name, value, "'%s' is given twice; several values go with commas".formatted(name));
      }
    }
    return parameters;
  }

  private int answer(RestAnswer answer) {
    if (answer.delayed()) {
      context.err().println("polygon: 15 minutes late, as the plan has it");
    }
    if (answer.more()) {
      context.err().println("polygon: there are further pages, which --all follows");
    }
    if (answer.endpoint().answer().shape() == Shape.DOCUMENT) {
      context.out().print(answer.body().asString());
      context.out().flush();
      return ExitCode.OK;
    }
    print(answer.body());
    boolean empty =
        answer.endpoint().answer().list()
            && answer.data().filter(data -> !data.isEmpty()).isEmpty();
    return empty && !answer.more() ? ExitCode.EMPTY : ExitCode.OK;
  }

  private int elements(Cursor<Row> rows) {
    long count = 0;
    while (rows.hasNext()) {
      print(rows.next().node());
      count++;
      if (count % ELEMENTS_BETWEEN_LOOKS == 0 && context.out().checkError()) {
        return ExitCode.OK;
      }
    }
    context.out().flush();
    if (rows.rejectedCount() > 0) {
      context
          .err()
          .println(
              "polygon: %d elements could not be read and were left out, the first: %s"
                  .formatted(rows.rejectedCount(), rows.rejected().getFirst()));
      return ExitCode.FAILED;
    }
    return count == 0 ? ExitCode.EMPTY : ExitCode.OK;
  }

  private void print(JsonNode json) {
    context.out().println(context.terminal() ? json.toPrettyString() : json.toString());
  }

  private int list(String word) {
    String low = word.toLowerCase(Locale.ROOT);
    List<Endpoint> found =
        Catalogue.of().all().stream()
            .filter(e -> e.name().contains(low) || e.path().toLowerCase(Locale.ROOT).contains(low))
            .toList();
    int width = found.stream().mapToInt(e -> e.name().length()).max().orElse(0);
    for (Endpoint one : found) {
      context
          .out()
          .println(
              context.terminal()
                  ? ("%-" + width + "s  %s").formatted(one.name(), one.path())
                  : one.name() + "\t" + one.path());
    }
    return found.isEmpty() ? ExitCode.EMPTY : ExitCode.OK;
  }

  private int describe(String nameOrPath) {
    Endpoint found =
        Catalogue.of()
            .find(nameOrPath)
            .orElseThrow(
                () ->
                    new InvalidRequest(
                        "endpoint",
                        withoutQuery(nameOrPath),
                        "no endpoint is '%s'; all of them: polygon get --list"
                            .formatted(withoutQuery(nameOrPath))));
    context.out().print(EndpointText.of(found));
    context.out().flush();
    return ExitCode.OK;
  }

  /** A pasted address may have the key in its query. */
  private static String withoutQuery(String nameOrPath) {
    return nameOrPath.split("[?#]", 2)[0];
  }
}
