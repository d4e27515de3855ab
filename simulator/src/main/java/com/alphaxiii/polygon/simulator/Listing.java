package com.alphaxiii.polygon.simulator;

import com.alphaxiii.polygon.catalogue.Catalogue;
import com.alphaxiii.polygon.catalogue.Endpoint;
import com.alphaxiii.polygon.catalogue.Field;
import com.alphaxiii.polygon.catalogue.Parameter;
import com.alphaxiii.polygon.core.Market;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list endpoint: how its rows are filtered, sorted and cut into pages. The classic lists take
 * {@code sort} and {@code order} and pass over what they do not know; the new tables take {@code
 * sort=column.asc,other.desc}, more filters, and refuse bad ones. Pages count from what was there
 * when the first was asked for, so that nothing moves while a caller reads.
 */
final class Listing {
  private static final String AS_OF = "as_of_ms";

  private static final Pattern CLASSIC = Pattern.compile("/v[123X]/");

  private final String path;
  private final boolean classic;
  private final Map<String, Filter> filters = new LinkedHashMap<>();
  private final Set<String> sortable = new LinkedHashSet<>();
  private final Map<String, String> columns = new HashMap<>();
  private String sort = "";
  private int byDefault = 10;
  private int maximum = 1_000;
  private boolean counted = true;
  private boolean presorted;
  private Optional<Market> market = Optional.empty();

  private Listing(String path, boolean classic) {
    this.path = path;
    this.classic = classic;
  }

  /** What there is to list. */
  interface Rows {
    /**
     * The rows, before the filters.
     *
     * @param asOf nothing later may be told
     */
    Stream<Row> of(Call call, Instant asOf);
  }

  /** A list in the older grammar. */
  static Listing classic(String path) {
    return new Listing(path, true);
  }

  /** A table in the newer grammar. */
  static Listing table(String path) {
    Listing table = new Listing(path, false);
    table.counted = false;
    return table;
  }

  /** As the catalogue of endpoints describes the list at a path. */
  static Listing described(String path) {
    Endpoint endpoint =
        Catalogue.of()
            .find(path)
            .orElseThrow(() -> new IllegalStateException("no endpoint is known at " + path));
    boolean classic = CLASSIC.matcher(path).lookingAt();
    Listing listing = classic ? classic(path) : table(path);
    for (Parameter parameter : endpoint.queryParameters()) {
      Field.find(endpoint.fields(), parameter.name())
          .filter(field -> field.name().equals(parameter.name()))
          .ifPresent(
              field ->
                  listing.filter(
                      new Filter(
                          field.name(),
                          Filter.Kind.of(field),
                          Set.copyOf(parameter.filter().suffixes()))));
    }
    endpoint
        .parameter("sort")
        .ifPresent(
            sort -> {
              String by = sort.defaultValue().orElse("");
              String direction =
                  endpoint.parameter("order").flatMap(Parameter::defaultValue).orElse("asc");
              listing.sorted(by.contains(".") ? by : by + "." + direction);
              sort.values().forEach(v -> listing.sortable.add(column(v)));
            });
    if (!classic) {
      endpoint.fields().stream()
          .filter(field -> !field.list() && field.members().isEmpty())
          .forEach(field -> listing.sortable.add(field.name()));
    }
    endpoint
        .parameter("limit")
        .ifPresent(
            limit ->
                listing.limit(
                    Integer.parseInt(limit.defaultValue().orElse("10")),
                    (int) limit.most().orElse(1_000)));
    return listing;
  }

  private static String column(String sort) {
    return sort.replaceAll("\\.(asc|desc)$", "");
  }

  Listing filter(Filter filter) {
    filters.put(filter.column(), filter);
    return this;
  }

  /** Columns of text that can be filtered by value and by range. */
  Listing ranges(String... columns) {
    return filters(Filter.Kind.TEXT, Filter.RANGE, columns);
  }

  /** Columns of numbers that can be filtered by value and by range. */
  Listing numberRanges(String... columns) {
    return filters(Filter.Kind.NUMBER, Filter.RANGE, columns);
  }

  /** Columns that can be filtered by one value. */
  Listing exact(String... columns) {
    return filters(Filter.Kind.TEXT, Set.of(), columns);
  }

  private Listing filters(Filter.Kind kind, Set<String> operators, String... columns) {
    for (String column : columns) {
      filter(new Filter(column, kind, operators));
    }
    return this;
  }

  /** A parameter that has another name than its column; a dot leads into an object. */
  Listing renamed(String parameter, String column, Filter.Kind kind, Set<String> operators) {
    filters.put(parameter, new Filter(column, kind, operators));
    columns.put(parameter, column);
    sortable.add(parameter);
    return this;
  }

  /**
   * The order when none is asked for, such as {@code date.desc}, and what else can be asked for.
   */
  Listing sorted(String by, String... others) {
    sort = by;
    for (String part : by.split(",", -1)) {
      sortable.add(column(part));
    }
    sortable.addAll(List.of(others));
    return this;
  }

  Listing limit(int ordinary, int most) {
    byDefault = ordinary;
    maximum = most;
    return this;
  }

  /** The same list at another path. */
  Listing at(String otherPath) {
    Listing other = new Listing(otherPath, classic);
    other.filters.putAll(filters);
    other.columns.putAll(columns);
    other.sortable.addAll(sortable);
    other.sort = sort;
    other.byDefault = byDefault;
    other.maximum = maximum;
    other.counted = counted;
    other.presorted = presorted;
    other.market = market;
    return other;
  }

  /** What is listed is data of a market, which some plans see late. */
  Listing of(Market listed) {
    market = Optional.of(listed);
    return this;
  }

  /** The rows come in the order that is asked for when none is, so that few need be made. */
  Listing presorted() {
    presorted = true;
    return this;
  }

  /** The page tells how many rows it has, or not. */
  Listing counted(boolean value) {
    counted = value;
    return this;
  }

  /** One page. */
  byte[] answer(Call first, InstantSource clock, Rows source) {
    return answer(first, clock, source, row -> row);
  }

  /**
   * One page of rows that cost much to make.
   *
   * @param source makes as much of each row as filters and order look at
   * @param whole makes the whole row of those on the page
   */
  byte[] answer(Call first, InstantSource clock, Rows source, UnaryOperator<Row> whole) {
    Call call = first.resumed();
    Instant asOf = call.asOf(AS_OF, clock);
    int limit = limit(call);
    List<Row> rows = rows(call, asOf, source, 1L + call.offset() + limit);
    int from = Math.min(call.offset(), rows.size());
    int to = Math.min(from + limit, rows.size());
    var page = new Row();
    page.put("results", rows.subList(from, to).stream().map(whole).toList());
    page.put("status", status(call));
    page.put("request_id", call.requestId());
    if (counted) {
      page.put("count", to - from);
    }
    if (to < rows.size()) {
      Map<String, String> state = call.stateWith("offset", Integer.toString(to));
      state.put(AS_OF, Long.toString(asOf.toEpochMilli()));
      page.put("next_url", call.nextUrl(call.fill(path), state));
    }
    return page.bytes();
  }

  private String status(Call call) {
    return market.map(call.access()::status).orElse("OK");
  }

  private int limit(Call call) {
    if (!classic && call.find("limit").filter(text -> !Filter.isWhole(text, maximum)).isPresent()) {
      throw ApiError.badRequest(
          "limit: must be a whole number between 1 and %d".formatted(maximum));
    }
    return call.limit(byDefault, maximum);
  }

  /** The rows in their order: all, or as many as matter. */
  private List<Row> rows(Call call, Instant asOf, Rows source, long enough) {
    List<Filter.Test> tests = tests(call);
    Comparator<Row> order = order(call);
    boolean ready = presorted && call.find("sort").or(() -> call.find("order")).isEmpty();
    var rows = new ArrayList<Row>();
    source
        .of(call, asOf)
        .filter(row -> tests.stream().allMatch(test -> test.admits(row)))
        .limit(ready ? enough : Long.MAX_VALUE)
        .forEach(rows::add);
    if (!ready) {
      rows.sort(order);
    }
    return rows;
  }

  private List<Filter.Test> tests(Call call) {
    var tests = new ArrayList<Filter.Test>();
    call.query()
        .forEach(
            (parameter, value) -> {
              int dot = parameter.lastIndexOf('.');
              String operator = dot < 0 ? "" : parameter.substring(dot + 1);
              boolean isOperator = Filter.ALL.contains(operator);
              String column = isOperator ? parameter.substring(0, dot) : parameter;
              Filter filter = filters.get(column);
              if (filter != null && !value.isEmpty()) {
                tests.add(filter.test(isOperator ? operator : "", value));
              } else if (!classic && isOperator) {
                throw ApiError.badRequest("%s: unknown filter column".formatted(column));
              }
            });
    return tests;
  }

  private Comparator<Row> order(Call call) {
    String asked = call.find("sort").orElse(sort);
    Comparator<Row> order = (a, b) -> 0;
    for (String part : asked.isEmpty() ? List.<String>of() : List.of(asked.split(",", -1))) {
      boolean directed = part.endsWith(".asc") || part.endsWith(".desc");
      String column = directed ? part.substring(0, part.lastIndexOf('.')) : part;
      if (!sortable.contains(column)) {
        throw ApiError.badRequest("Cannot sort by '%s'".formatted(part));
      }
      boolean descending =
          classic
              ? call.descending("order", sort.endsWith(".desc"))
              : directed && part.endsWith(".desc");
      Comparator<Row> one =
          Comparator.comparing(
              row -> row.get(columns.getOrDefault(column, column)), Listing::compare);
      order = order.thenComparing(descending ? one.reversed() : one);
    }
    return order;
  }

  /** Numbers by size, all else by its text; what is absent comes first. */
  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    if (a instanceof Number x && b instanceof Number y) {
      return x instanceof Long && y instanceof Long
          ? Long.compare(x.longValue(), y.longValue())
          : Double.compare(x.doubleValue(), y.doubleValue());
    }
    return a.toString().compareTo(b.toString());
  }
}
