package com.alphaxiii.polygon.store;

import static com.alphaxiii.polygon.store.Samples.AAPL;
import static com.alphaxiii.polygon.store.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.Adjustment;
import com.alphaxiii.polygon.core.BarRequest;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Split;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every corruption is found, told of, and never answered from. */
class VerifierTest {
  private static final TimeRange SPRING = days("2014-03-03", "2014-06-30");
  private static final Ticker BOND = Ticker.of("BCpA");

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final ListSource upstream = new ListSource(clock);
  private final ListReference reference = new ListReference();

  @BeforeEach
  void fill() {
    reference.splits.add(new Split(AAPL, LocalDate.parse("2014-06-09"), 1, 7));
    for (Ticker ticker : List.of(AAPL, BOND)) {
      upstream.put(Samples.minutes(ticker, SPRING, 17)).put(Samples.dailies(ticker, SPRING));
    }
    askAll();
    upstream.clear();
  }

  private void askAll() {
    try (BarStore store = BarStore.open(root, upstream, reference, clock, Samples.CALENDAR)) {
      for (Ticker ticker : List.of(AAPL, BOND)) {
        for (Timeframe base : List.of(Timeframe.MINUTE_1, Timeframe.DAY_1)) {
          BarRequest request = BarRequest.raw(ticker, base, SPRING);
          assertThat(store.bars(request).bars()).isEqualTo(upstream.plain(request));
        }
      }
      BarRequest adjusted =
          new BarRequest(AAPL, Timeframe.DAY_1, SPRING, Adjustment.SPLIT, null, true);
      BarRequest raw = BarRequest.raw(AAPL, Timeframe.DAY_1, SPRING);
      assertThat(store.bars(adjusted).bars().close(0)).isEqualTo(upstream.plain(raw).close(0) / 7);
    }
  }

  private Verification verify(boolean repair) {
    return CacheFolder.verify(root, repair, clock);
  }

  private void execute(String sql) {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + root.resolve("cache/polygon_cache.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path may() {
    return root.resolve("parquet/symbols/AAPL/AAPL_1min.parquet/2014-05.parquet");
  }

  private Path database() {
    return root.resolve("cache/polygon_cache.db");
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[at] ^= 0x10;
    Files.write(file, content);
  }

  /** Writes a row's true seal, as an error of the program itself would. */
  private void resealed(String month, UnaryOperator<PartRow> change) {
    try (Database open = Database.open(database())) {
      PartKey key = new PartKey(new Series(AAPL, Timeframe.MINUTE_1), month);
      open.write(
          connection -> {
            PartRow row = PartTable.find(connection, key).orElseThrow().trusted().orElseThrow();
            PartTable.putAll(connection, change.apply(row));
            return null;
          });
    }
  }

  private enum Corruption {
    CUT(Damage.Kind.FILE_SIZE),
    EMPTIED(Damage.Kind.FILE_SIZE),
    GROWN(Damage.Kind.FILE_SIZE),
    FLIPPED_FIRST(Damage.Kind.FILE_CONTENT),
    FLIPPED_MIDDLE(Damage.Kind.FILE_CONTENT),
    FLIPPED_LAST(Damage.Kind.FILE_CONTENT),
    REPLACED(Damage.Kind.FILE_SIZE),
    FILE_MISSING(Damage.Kind.FILE_MISSING),
    FOLDER_MISSING(Damage.Kind.FILE_MISSING),
    STRAY_PART(Damage.Kind.STRAY_FILE),
    STRAY_TEXT(Damage.Kind.STRAY_FILE),
    TEMPORARY(Damage.Kind.UNFINISHED_WRITE),
    ANNOUNCED(Damage.Kind.CATALOG_ROW),
    ROW_EDITED(Damage.Kind.CATALOG_ROW),
    ROW_DELETED(Damage.Kind.COVERAGE, Damage.Kind.STRAY_FILE),
    ROW_RENAMED(Damage.Kind.CATALOG_ROW, Damage.Kind.COVERAGE, Damage.Kind.STRAY_FILE),
    ROW_MOVED(Damage.Kind.CATALOG_ROW, Damage.Kind.COVERAGE, Damage.Kind.STRAY_FILE),
    ROW_OF_NOTHING(Damage.Kind.CATALOG_ROW),
    CHECKSUM_EDITED(Damage.Kind.CATALOG_ROW),
    COVERAGE_WIDENED(Damage.Kind.CATALOG_ROW),
    COVERAGE_DELETED(Damage.Kind.CATALOG_ROW),
    COVERAGE_OVERLAPS(Damage.Kind.CATALOG_ROW),
    COVERAGE_BACKWARDS(Damage.Kind.CATALOG_ROW),
    COVERAGE_ALONE(Damage.Kind.COVERAGE),
    SEALED_OVERLAP(Damage.Kind.CATALOG_ROW),
    SEALED_BEYOND_PART(Damage.Kind.CATALOG_ROW),
    SEALED_BEYOND_FILE(Damage.Kind.COVERAGE),
    SEALED_COUNT(Damage.Kind.FILE_ROWS),
    SPLIT_EDITED(Damage.Kind.REFERENCE),
    SPLIT_DELETED(Damage.Kind.REFERENCE),
    SPLIT_GARBLED(Damage.Kind.REFERENCE),
    REMOVAL(Damage.Kind.UNFINISHED_REMOVAL),
    CATALOG_GARBAGE(Damage.Kind.CATALOG),
    CATALOG_CUT(Damage.Kind.CATALOG),
    CATALOG_PAGES(Damage.Kind.CATALOG),
    CATALOG_TABLE(Damage.Kind.CATALOG),
    CATALOG_EMPTIED(Damage.Kind.CATALOG_MISSING),
    CATALOG_DELETED(Damage.Kind.CATALOG_MISSING);

    private final List<Damage.Kind> kinds;

    Corruption(Damage.Kind... kinds) {
      this.kinds = List.of(kinds);
    }
  }

  private void inject(Corruption corruption) throws IOException {
    String may = " WHERE symbol = 'AAPL' AND base = '1min' AND name = '2014-05'";
    byte[] content = Files.readAllBytes(may());
    switch (corruption) {
      case CUT -> Files.write(may(), Arrays.copyOf(content, content.length / 2));
      case EMPTIED -> Files.write(may(), new byte[0]);
      case GROWN -> Files.write(may(), Arrays.copyOf(content, content.length + 1));
      case FLIPPED_FIRST -> flip(may(), 0);
      case FLIPPED_MIDDLE -> flip(may(), content.length / 2);
      case FLIPPED_LAST -> flip(may(), content.length - 1);
      case REPLACED ->
          Files.copy(
              may().resolveSibling("2014-06.parquet"), may(), StandardCopyOption.REPLACE_EXISTING);
      case FILE_MISSING -> Files.delete(may());
      case FOLDER_MISSING -> {
        try (var files = Files.list(may().getParent())) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(may().getParent());
      }
      case STRAY_PART -> Files.copy(may(), may().resolveSibling("2015-05.parquet"));
      case STRAY_TEXT -> Files.writeString(may().resolveSibling("notes.txt"), "mine");
      case TEMPORARY -> Files.writeString(root.resolve("parquet/.tmp/2014-05.x.tmp"), "half");
      case ANNOUNCED ->
          execute("UPDATE part SET announced_bytes = 7, announced_checksum = 7" + may);
      case ROW_EDITED -> execute("UPDATE part SET row_count = row_count + 1" + may);
      case ROW_DELETED -> execute("DELETE FROM part" + may);
      case ROW_RENAMED -> execute("UPDATE part SET name = '2014-0X'" + may);
      case ROW_MOVED -> execute("UPDATE part SET symbol = 'MSFT'" + may);
      case ROW_OF_NOTHING ->
          execute(
              "INSERT INTO part (symbol, base, name, row_count, bytes, checksum, written_at)"
                  + " VALUES ('no such', '3min', 'x', 1, 1, 1, 1)");
      case CHECKSUM_EDITED -> execute("UPDATE part SET checksum = checksum + 1" + may);
      case COVERAGE_WIDENED ->
          execute("UPDATE coverage SET range_start = range_start - 86400000" + may);
      case COVERAGE_DELETED -> execute("DELETE FROM coverage" + may);
      case COVERAGE_OVERLAPS ->
          execute(
              "INSERT INTO coverage SELECT symbol, base, name, range_start + 1, range_end FROM"
                  + " coverage"
                  + may);
      case COVERAGE_BACKWARDS -> execute("UPDATE coverage SET range_end = range_start - 1" + may);
      case COVERAGE_ALONE ->
          execute("INSERT INTO coverage VALUES ('MSFT', '1min', '2014-05', 0, 1)");
      case SEALED_OVERLAP ->
          resealed(
              "2014-05",
              row -> covering(row, List.of(row.key().range(), days("2014-05-03", "2014-05-06"))));
      case SEALED_BEYOND_PART -> resealed("2014-05", row -> covering(row, List.of(SPRING)));
      // From the 3rd on in truth.
      case SEALED_BEYOND_FILE ->
          resealed("2014-03", row -> covering(row, List.of(row.key().range())));
      case SEALED_COUNT ->
          resealed(
              "2014-05",
              row ->
                  new PartRow(
                      row.key(),
                      row.rows() + 1,
                      row.firstStart(),
                      row.lastStart(),
                      row.committed(),
                      null,
                      row.level(),
                      row.writtenAt(),
                      row.covered()));
      case SPLIT_EDITED -> execute("UPDATE split SET split_to = 4");
      case SPLIT_DELETED -> execute("DELETE FROM split");
      case SPLIT_GARBLED -> execute("UPDATE split SET execution_date = 'June'");
      case REMOVAL -> {
        execute("INSERT INTO removal SELECT symbol, base, name FROM part" + may);
        execute("DELETE FROM coverage" + may);
        execute("DELETE FROM part" + may);
      }
      case CATALOG_GARBAGE -> Files.writeString(database(), "no database".repeat(1_000));
      case CATALOG_CUT ->
          Files.write(database(), Arrays.copyOf(Files.readAllBytes(database()), 10_000));
      case CATALOG_PAGES -> {
        byte[] pages = Files.readAllBytes(database());
        Arrays.fill(pages, 4_096, 12_288, (byte) 0x5A);
        Files.write(database(), pages);
      }
      case CATALOG_TABLE -> execute("ALTER TABLE part RENAME TO lost");
      case CATALOG_EMPTIED -> Files.write(database(), new byte[0]);
      case CATALOG_DELETED -> Files.delete(database());
    }
  }

  private static PartRow covering(PartRow row, List<TimeRange> covered) {
    return new PartRow(
        row.key(),
        row.rows(),
        row.firstStart(),
        row.lastStart(),
        row.committed(),
        null,
        row.level(),
        row.writtenAt(),
        covered);
  }

  @Test
  void aSoundCacheIsFoundSound() {
    Verification verification = verify(true);
    assertThat(verification.damages()).isEmpty();
    assertThat(verification.parts()).isEqualTo(10);
    upstream.clear();
    askAll();
    assertThat(upstream.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyCorruptionIsFoundAndRepaired(Corruption corruption) throws IOException {
    inject(corruption);
    Map<String, Long> before = files();
    Verification found = verify(false);
    assertThat(found.damages()).extracting(Damage::kind).containsAll(corruption.kinds);
    assertThat(found.repaired()).isFalse();
    assertThat(files()).isEqualTo(before);

    Verification repaired = verify(true);
    assertThat(repaired.damages()).extracting(Damage::kind).containsAll(corruption.kinds);
    assertThat(verify(true).damages()).isEmpty();
    askAll();
    assertThat(verify(true).damages()).isEmpty();
    upstream.clear();
    askAll();
    assertThat(upstream.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void noCorruptionIsEverAnsweredFrom(Corruption corruption) throws IOException {
    inject(corruption);
    askAll();
  }

  /** All files but the catalog, which a look may put in order, by size. */
  private Map<String, Long> files() throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (var all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(root.resolve("cache"))) {
          sizes.put(root.relativize(file).toString(), Files.size(file));
        }
      }
    }
    return sizes;
  }

  @Test
  void aLostCatalogIsMadeAnewOfTheFiles() throws IOException {
    Files.writeString(database(), "no database".repeat(1_000));
    flip(may(), 5_000);
    Verification verification = verify(true);
    assertThat(verification.damages())
        .extracting(Damage::kind)
        .containsExactly(Damage.Kind.CATALOG, Damage.Kind.STRAY_FILE);
    assertThat(verification.damages().getFirst().remedy())
        .contains("of 9 files")
        .contains(".damaged-");
    assertThat(root.resolve("set-aside/parquet/symbols/AAPL/AAPL_1min.parquet/2014-05.parquet"))
        .exists();
    upstream.clear();
    askAll();
    assertThat(upstream.requests())
        .extracting(BarRequest::range)
        .containsExactly(days("2014-05-01", "2014-05-30"));
  }

  @Test
  void aNewerCatalogIsRefusedUntouched() throws IOException {
    execute("INSERT INTO schema_version VALUES (99)");
    byte[] before = Files.readAllBytes(database());
    for (boolean repair : new boolean[] {false, true}) {
      assertThatThrownBy(() -> verify(repair))
          .isInstanceOf(PolygonException.StorageFailure.class)
          .hasMessageContaining("99")
          .hasMessageContaining("newer program");
    }
    assertThat(Files.readAllBytes(database())).isEqualTo(before);
  }

  @Test
  void ticksThatTheCatalogDoesNotKnowAreSetAside() throws IOException {
    Path ticks = root.resolve("parquet/symbols/AAPL/AAPL_trades.parquet/2014-05-01.parquet");
    Files.createDirectories(ticks.getParent());
    Files.writeString(ticks, "ticks");
    assertThat(verify(true).damages())
        .extracting(Damage::kind)
        .containsExactly(Damage.Kind.STRAY_FILE);
    assertThat(ticks).doesNotExist();
    assertThat(verify(true).damages()).isEmpty();
  }

  @Test
  void aCatalogThatAnotherProgramMendedMeanwhileIsKept() throws IOException {
    Files.write(database(), new byte[8_192]);
    Layout layout = new Layout(root.toRealPath());
    CatalogRecovery slow = new CatalogRecovery(layout, clock.instant());
    new CatalogRecovery(layout, clock.instant()).recover(Damage.Kind.CATALOG, "garbage");
    byte[] mended = Files.readAllBytes(database());
    slow.recover(Damage.Kind.CATALOG, "garbage");
    assertThat(Files.readAllBytes(database())).isEqualTo(mended);
    assertThat(verify(false).damages()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsNotMade() {
    Path mistyped = root.resolve("polygon_cash");
    assertThatThrownBy(() -> CacheFolder.verify(mistyped, true, clock))
        .isInstanceOf(PolygonException.StorageFailure.class)
        .hasMessageContaining("there is no cache at");
    assertThat(mistyped).doesNotExist();
  }
}
