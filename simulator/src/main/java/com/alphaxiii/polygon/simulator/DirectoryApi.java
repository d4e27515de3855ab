package com.alphaxiii.polygon.simulator;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The endpoints of what hardly ever changes: kinds of tickers, exchanges, conditions. */
final class DirectoryApi {
  private static final Listing CONDITIONS = Listing.described("/v3/reference/conditions");
  private static final List<Row> TYPES = read("types.csv", DirectoryApi::type);
  private static final List<Row> EXCHANGES = read("exchanges.csv", DirectoryApi::exchange);
  private static final List<Row> CODES = read("conditions.csv", DirectoryApi::condition);
  private static final Listing FUTURES = Listing.described("/futures/v1/exchanges");

  private final InstantSource clock;

  DirectoryApi(InstantSource clock) {
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("/v3/reference/tickers/types", Family.REFERENCE, call -> all(call, TYPES)),
        new Route("/v3/reference/exchanges", Family.REFERENCE, call -> all(call, EXCHANGES)),
        new Route("/v3/reference/conditions", Family.REFERENCE, this::conditions),
        new Route("/futures/v1/exchanges", Family.REFERENCE, this::futures),
        new Route("/futures/vX/exchanges", Family.REFERENCE, this::futures));
  }

  private interface Reader {
    Row row(CsvFile line);
  }

  private static List<Row> read(String resource, Reader reader) {
    var rows = new ArrayList<Row>();
    CsvFile.readResource(resource, line -> rows.add(reader.row(line)));
    return List.copyOf(rows);
  }

  private static Row type(CsvFile line) {
    return new Row()
        .put("code", line.text("code"))
        .put("description", line.text("description"))
        .put("asset_class", line.text("asset_class"))
        .put("locale", line.text("locale"));
  }

  private static Row exchange(CsvFile line) {
    Row row =
        new Row()
            .put("id", line.small("id"))
            .put("type", line.text("type"))
            .put("asset_class", line.text("asset_class"))
            .put("locale", line.text("locale"))
            .put("name", line.text("name"));
    for (String column : List.of("mic", "operating_mic", "participant_id")) {
      if (!line.text(column).isEmpty()) {
        row.put(column, line.text(column));
      }
    }
    return row;
  }

  private static Row condition(CsvFile line) {
    Row row =
        new Row()
            .put("id", line.small("id"))
            .put("type", line.text("type"))
            .put("name", line.text("name"))
            .put("asset_class", line.text("asset_class"));
    boolean stocks = line.text("asset_class").equals("stocks");
    var mapping = new Row();
    if (!line.text("cta").isEmpty()) {
      mapping.put("CTA", line.text("cta")).put("UTP", line.text("cta"));
    } else if (line.text("asset_class").equals("options")) {
      mapping.put("OPRA", Character.toString((char) ('A' + line.small("id") % 26)));
    }
    row.put("sip_mapping", mapping);
    String updates = line.text("updates");
    if (!updates.isEmpty()) {
      row.put(
          "update_rules",
          new Row()
              .put("consolidated", rules(updates))
              .put("market_center", stocks ? rules(updates) : null));
    }
    return row.put("data_types", List.of(line.text("data_types").split(" ", -1)));
  }

  /** Three letters: whether high and low, open and close, and volume are updated. */
  private static Row rules(String updates) {
    return new Row()
        .put("updates_high_low", updates.charAt(0) == 'Y')
        .put("updates_open_close", updates.charAt(1) == 'Y')
        .put("updates_volume", updates.charAt(2) == 'Y');
  }

  /** All in one answer, without pages. */
  private static byte[] all(Call call, List<Row> rows) {
    List<Row> results =
        rows.stream()
            .filter(row -> same(call, row, "asset_class") && same(call, row, "locale"))
            .toList();
    return new Row()
        .put("results", results)
        .put("status", "OK")
        .put("request_id", call.requestId())
        .put("count", results.size())
        .bytes();
  }

  private static boolean same(Call call, Row row, String column) {
    return call.find(column).map(value -> value.equals(row.get(column))).orElse(true);
  }

  private byte[] conditions(Call call) {
    return CONDITIONS.answer(
        call,
        clock,
        (c, asOf) ->
            CODES.stream()
                .filter(row -> holds(row, "data_types", c.find("data_type").orElse("")))
                .filter(row -> maps(row, c.find("sip").orElse(""))));
  }

  private static boolean holds(Row row, String column, String wanted) {
    return wanted.isEmpty()
        || (row.get(column) instanceof List<?> values && values.contains(wanted));
  }

  private static boolean maps(Row row, String sip) {
    return sip.isEmpty() || (row.get("sip_mapping") instanceof Row map && map.get(sip) != null);
  }

  /** Here ids are texts. */
  private byte[] futures(Call call) {
    return FUTURES.answer(
        call,
        clock,
        (c, asOf) ->
            EXCHANGES.stream()
                .filter(row -> "futures".equals(row.get("asset_class")))
                .map(
                    row ->
                        new Row()
                            .put("id", String.valueOf(row.get("id")))
                            .put("locale", row.get("locale"))
                            .put("mic", row.get("mic"))
                            .put("name", row.get("name"))
                            .put("operating_mic", row.get("operating_mic"))
                            .put("type", row.get("type"))));
  }
}
