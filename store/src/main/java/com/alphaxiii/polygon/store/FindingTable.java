package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import com.alphaxiii.polygon.validate.DayQuality;
import com.alphaxiii.polygon.validate.Finding;
import com.alphaxiii.polygon.validate.GapEvidence;
import com.alphaxiii.polygon.validate.Law;
import com.alphaxiii.polygon.validate.Quality;
import com.alphaxiii.polygon.validate.Severity;
import com.alphaxiii.polygon.validate.ValidationReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What validation found, in the catalog: the tables {@code finding} and {@code day_quality}, which
 * other programs may query too. A report replaces what was found before of its days.
 */
public final class FindingTable {
  private static final Logger LOG = LoggerFactory.getLogger(FindingTable.class);
  private static final String OF_SERIES =
      " WHERE symbol = ? AND timeframe = ? AND adjust = ? AND as_of = ?";
  private static final int KEYS = 4;

  /**
   * What was judged.
   *
   * @param adjustment what the bars were corrected for
   * @param asOf New York day whose knowledge they were corrected with; null for that of the day on
   *     which they were judged
   */
  public record Subject(
      Ticker ticker, Timeframe timeframe, Adjustment adjustment, @Nullable LocalDate asOf) {
    /** The bars of a request. */
    public static Subject of(BarRequest request) {
      boolean raw = request.adjustment() == Adjustment.NONE;
      return new Subject(
          request.ticker(), request.timeframe(), request.adjustment(), raw ? null : request.asOf());
    }

    private String asOfWord() {
      return asOf == null ? "" : asOf.toString();
    }
  }

  private final Database database;

  FindingTable(Database database) {
    this.database = database;
  }

  /**
   * Keeps a report. A day of which only a part was judged keeps the score that it had as a whole.
   *
   * @param subject whose ticker and timeframe the report is of
   * @param range what was judged: earlier findings of it are forgotten, and its whole days
   * @param now when it was judged
   * @throws PolygonException.StorageFailure when the catalog cannot be written
   */
  public void replace(ValidationReport report, Subject subject, TimeRange range, Instant now) {
    database.write(
        connection -> {
          ZoneId zone = report.ticker().market().zone();
          // The windows at both ends are judged as a whole.
          TimeRange judged = report.timeframe().snap(range, zone);
          forget(connection, subject, judged);
          insert(
              connection,
              SealedTable.FINDINGS,
              report.issues().stream().map(finding -> values(subject, finding, now)));
          insert(
              connection,
              SealedTable.DAY_QUALITIES,
              report.days().stream()
                  .filter(day -> isWhole(day.day(), judged, zone))
                  .map(day -> values(subject, day, now)));
          return null;
        });
  }

  private static boolean isWhole(LocalDate day, TimeRange judged, ZoneId zone) {
    return !judged.start().isAfter(day.atStartOfDay(zone).toInstant())
        && !judged.end().isBefore(day.plusDays(1).atStartOfDay(zone).toInstant());
  }

  private static Object[] values(Subject subject, DayQuality day, Instant now) {
    return new Object[] {
      subject.ticker().symbol(),
      subject.timeframe().toString(),
      subject.adjustment().toString(),
      subject.asOfWord(),
      day.day().toString(),
      day.quality().name(),
      day.score(),
      day.bars(),
      day.wrong(),
      day.doubtful(),
      day.lost(),
      day.unknown(),
      day.noEligibleTrade(),
      day.judgedBy().toString(),
      now.toEpochMilli()
    };
  }

  private static Object[] values(Subject subject, Finding finding, Instant now) {
    return new Object[] {
      subject.ticker().symbol(),
      subject.timeframe().toString(),
      subject.adjustment().toString(),
      subject.asOfWord(),
      finding.code(),
      finding.severity().toString(),
      finding.range().start().toEpochMilli(),
      finding.range().end().toEpochMilli(),
      finding.evidence(),
      finding.suggestion(),
      now.toEpochMilli()
    };
  }

  private static void insert(Connection connection, SealedTable table, Stream<Object[]> rows)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(table.insert())) {
      for (Object[] row : rows.toList()) {
        table.bind(insert, row);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void forget(Connection connection, Subject subject, TimeRange range)
      throws SQLException {
    try (PreparedStatement findings =
            connection.prepareStatement(
                "DELETE FROM finding" + OF_SERIES + " AND range_start >= ? AND range_start < ?");
        PreparedStatement days =
            connection.prepareStatement(
                "DELETE FROM day_quality" + OF_SERIES + " AND day >= ? AND day <= ?")) {
      bind(findings, subject);
      findings.setLong(KEYS + 1, range.start().toEpochMilli());
      findings.setLong(KEYS + 2, range.end().toEpochMilli());
      findings.executeUpdate();
      bind(days, subject);
      ZoneId zone = subject.ticker().market().zone();
      LocalDate first = LocalDate.ofInstant(range.start(), zone);
      LocalDate last = LocalDate.ofInstant(range.end(), zone).minusDays(1);
      days.setString(
          KEYS + 1, (isWhole(first, range, zone) ? first : first.plusDays(1)).toString());
      days.setString(KEYS + 2, last.toString());
      days.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Subject subject) throws SQLException {
    statement.setString(1, subject.ticker().symbol());
    statement.setString(2, subject.timeframe().toString());
    statement.setString(3, subject.adjustment().toString());
    statement.setString(4, subject.asOfWord());
  }

  /** What was found of bars that start within a range, in order of time. */
  public List<Finding> find(Subject subject, TimeRange range) {
    return select(
        SealedTable.FINDINGS,
        subject,
        " AND range_start >= ? AND range_start < ? ORDER BY range_start, code",
        List.of(range.start().toEpochMilli(), range.end().toEpochMilli()),
        FindingTable::finding);
  }

  /** The days that were judged, oldest first. */
  public List<DayQuality> days(Subject subject) {
    return select(
        SealedTable.DAY_QUALITIES, subject, " ORDER BY day", List.of(), FindingTable::day);
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** Rows of a series whose seals hold. */
  private <T> List<T> select(
      SealedTable table, Subject subject, String rest, List<Long> bounds, Reading<T> reading) {
    return database.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT %s FROM %s%s%s"
                      .formatted(table.sealedColumns(), table.name(), OF_SERIES, rest))) {
            bind(select, subject);
            for (int i = 0; i < bounds.size(); i++) {
              select.setLong(KEYS + 1 + i, bounds.get(i));
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                if (isSealed(table, rows)) {
                  found.add(reading.of(rows));
                }
              }
            }
            return found;
          }
        });
  }

  private static Finding finding(ResultSet row) throws SQLException {
    return new Finding(
        Law.valueOf(row.getString("code").toUpperCase(Locale.ROOT)),
        Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
        TimeRange.of(
            Instant.ofEpochMilli(row.getLong("range_start")),
            Instant.ofEpochMilli(row.getLong("range_end"))),
        row.getString("evidence"),
        row.getString("suggestion"));
  }

  private static boolean isSealed(SealedTable table, ResultSet row) throws SQLException {
    boolean sealed = table.isSealed(row);
    if (!sealed) {
      LOG.warn(
          "{} of {} {} was altered in the catalog; it is not believed",
          table.what(),
          row.getString("symbol"),
          row.getString("timeframe"));
    }
    return sealed;
  }

  private static DayQuality day(ResultSet row) throws SQLException {
    return new DayQuality(
        LocalDate.parse(row.getString("day")),
        Quality.valueOf(row.getString("quality")),
        row.getDouble("score"),
        row.getInt("bars"),
        row.getInt("wrong"),
        row.getInt("doubtful"),
        row.getInt("lost"),
        row.getInt("unknown"),
        row.getInt("no_eligible_trade"),
        GapEvidence.valueOf(row.getString("judged_by").toUpperCase(Locale.ROOT)));
  }
}
