package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were cut, altered or lost, and disks that fail: the answer stays right. */
class DamageTest {
  private static final TimeRange SPRING = days("2014-04-01", "2014-06-30");
  private static final TimeRange MAY = days("2014-05-01", "2014-05-31");

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final ListSource upstream =
      new ListSource(clock).put(Samples.minutes(AAPL, days("2014-03-03", "2014-07-03"), 7));
  private BarStore store;
  private Path may;

  @BeforeEach
  void fill() {
    store = open();
    may = root.resolve("parquet/symbols/AAPL/AAPL_1min.parquet/2014-05.parquet");
    ask(SPRING);
    upstream.clear();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private BarStore open() {
    return BarStore.open(root, upstream, new ListReference(), clock, Samples.CALENDAR);
  }

  private BarAnswer ask(TimeRange range) {
    BarRequest request = BarRequest.raw(AAPL, Timeframe.MINUTE_1, range);
    BarAnswer answer = store.bars(request);
    assertThat(answer.bars()).isEqualTo(upstream.plain(request));
    return answer;
  }

  enum Damage {
    DELETED,
    EMPTIED,
    CUT,
    GROWN,
    FIRST_BYTE,
    MIDDLE_BYTE,
    LAST_BYTE,
    OTHER_FILE;

    void to(Path file) throws IOException {
      byte[] content = Files.readAllBytes(file);
      switch (this) {
        case DELETED -> Files.delete(file);
        case EMPTIED -> Files.write(file, new byte[0]);
        case CUT -> Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
        case GROWN -> Files.write(file, java.util.Arrays.copyOf(content, content.length + 1));
        case FIRST_BYTE -> flip(file, content, 0);
        case MIDDLE_BYTE -> flip(file, content, content.length / 2);
        case LAST_BYTE -> flip(file, content, content.length - 1);
        case OTHER_FILE ->
            Files.copy(
                file.resolveSibling("2014-06.parquet"),
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }

    private static void flip(Path file, byte[] content, int at) throws IOException {
      content[at] ^= 0x10;
      Files.write(file, content);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedPartIsFetchedAgainAndNoOther(Damage damage) throws IOException {
    damage.to(may);
    assertThat(ask(SPRING).source()).isEqualTo(BarAnswer.Source.MIXED);
    assertThat(upstream.requests())
        .extracting(BarRequest::range)
        .containsExactly(days("2014-05-01", "2014-05-30"));
    upstream.clear();
    assertThat(ask(SPRING).cached()).isTrue();
    assertThat(upstream.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedPartIsNoticedWhenItIsAddedTo(Damage damage) throws IOException {
    store.clear(Optional.empty(), OptionalInt.empty());
    ask(days("2014-05-05", "2014-05-09"));
    ask(days("2014-06-02", "2014-06-06"));
    damage.to(may);
    ask(days("2014-05-20", "2014-05-21"));
    assertThat(ask(MAY).source()).isEqualTo(BarAnswer.Source.MIXED);
    upstream.clear();
    assertThat(ask(MAY).cached()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coverage", "part"})
  void aCrashBetweenRenameAndCommitLosesNothing(String table) throws SQLException {
    store.clear(Optional.empty(), OptionalInt.empty());
    TimeRange early = days("2014-05-05", "2014-05-09");
    ask(early);
    // The part is announced and renamed; then the commit fails.
    execute(
        "CREATE TRIGGER stop BEFORE INSERT ON "
            + table
            + " WHEN new.name = '2014-05' AND ('"
            + table
            + "' = 'coverage' OR new.announced_bytes IS NULL)"
            + " BEGIN SELECT RAISE(ABORT, 'stopped here'); END");
    assertThat(ask(MAY).source()).isEqualTo(BarAnswer.Source.MIXED);
    upstream.clear();
    assertThat(ask(early).cached()).isTrue();

    execute("DROP TRIGGER stop");
    store.close();
    store = open();
    assertThat(ask(early).cached()).isTrue();
    ask(days("2014-05-20", "2014-05-21"));
    assertThat(ask(early).cached()).isTrue();
    upstream.clear();
    ask(MAY);
    assertThat(upstream.requests())
        .noneMatch(request -> !request.range().intersect(early).isEmpty());
  }

  @Test
  void strayTemporaryFilesAreRemovedOnOpening() throws IOException {
    store.close();
    Path stray = Files.writeString(root.resolve("parquet/.tmp/2014-05.stray.tmp"), "half");
    store = open();
    assertThat(stray).doesNotExist();
  }

  @Test
  void aRemovalThatWasCutShortIsFinishedOnOpening() throws Exception {
    store.close();
    execute("INSERT INTO removal SELECT symbol, base, name FROM part WHERE name = '2014-05'");
    execute("DELETE FROM coverage WHERE name = '2014-05'");
    execute("DELETE FROM part WHERE name = '2014-05'");
    store = open();
    assertThat(may).doesNotExist();
    ask(SPRING);
    assertThat(may).exists();
    store.close();
    store = open();
    assertThat(may).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenCostsRequestsAndNoAnswers() throws IOException {
    store.clear(Optional.empty(), OptionalInt.empty());
    Path temporary = root.resolve("parquet/.tmp");
    Files.delete(temporary);
    Files.writeString(temporary, "no folder");
    assertThat(ask(MAY).source()).isEqualTo(BarAnswer.Source.UPSTREAM);
    assertThat(ask(MAY).source()).isEqualTo(BarAnswer.Source.UPSTREAM);

    Files.delete(temporary);
    Files.createDirectory(temporary);
    ask(MAY);
    assertThat(ask(MAY).cached()).isTrue();
  }

  @Test
  void aCatalogThatCannotBeReadCostsRequestsAndNoAnswers() throws SQLException {
    execute("ALTER TABLE part RENAME TO lost");
    assertThat(ask(MAY).source()).isEqualTo(BarAnswer.Source.UPSTREAM);
    assertThatThrownBy(() -> store.statistics())
        .isInstanceOf(PolygonException.StorageFailure.class)
        .hasMessageContaining(root.resolve("cache/polygon_cache.db").toString());
    execute("ALTER TABLE lost RENAME TO part");
    assertThat(ask(MAY).cached()).isTrue();
  }

  private void execute(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + root.resolve("cache/polygon_cache.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
