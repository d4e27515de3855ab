package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.Ticker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every damage to ticks that can be done is found, and mended by asking again. */
class TickVerifierTest {
  private static final Ticker SPY = Ticker.of("SPY");
  private static final LocalDate DAY = LocalDate.parse("2013-10-08");
  private static final TickRequest REQUEST = TickRequest.ofDay(SPY, DAY);

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2013-10-25T16:00:00Z");
  private final ListTicks vendor = new ListTicks().addTrades(ListTicks.someTrades(SPY, DAY, 5_000));

  private interface Injury {
    void to(Path file) throws IOException;
  }

  @BeforeEach
  void fill() {
    read();
  }

  private void read() {
    try (BarStore store =
        BarStore.open(
            root,
            request -> {
              throw new AssertionError("asked for bars " + request);
            },
            new ListReference(),
            clock,
            Samples.CALENDAR)) {
      assertThat(store.ticks(vendor).trades(REQUEST).rest().values())
          .isEqualTo(vendor.plainTrades(REQUEST));
    }
  }

  private Path file() {
    return root.resolve("parquet/symbols/SPY/SPY_trades.parquet/2013-10-08.parquet");
  }

  private void assertFound(Damage.Kind kind, Injury injury) throws IOException {
    assertFound(List.of(kind), injury);
  }

  private void assertFound(List<Damage.Kind> kinds, Injury injury) throws IOException {
    assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
    injury.to(file());
    for (boolean repair : List.of(false, true)) {
      assertThat(CacheFolder.verify(root, repair, clock).damages())
          .extracting(Damage::kind)
          .containsExactlyElementsOf(kinds);
    }
    assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
    read();
    assertThat(CacheFolder.verify(root, false, clock).parts()).isOne();
  }

  @Test
  void aFileThatIsGone() throws IOException {
    assertFound(Damage.Kind.FILE_MISSING, Files::delete);
  }

  @Test
  void aFileThatCannotBeReadIsNotTakenForDamaged() throws IOException {
    Path aside = file().resolveSibling("aside");
    Files.move(file(), aside);
    Files.createSymbolicLink(file(), file().getFileName());
    assertThatThrownBy(() -> CacheFolder.verify(root, true, clock))
        .isInstanceOf(PolygonException.StorageFailure.class)
        .hasMessageContaining("trades of SPY 2013-10-08");
    Files.delete(file());
    Files.move(aside, file());
    assertThat(CacheFolder.verify(root, false, clock).damages()).isEmpty();
    int before = vendor.asked().size();
    read();
    assertThat(vendor.asked()).hasSize(before);
  }

  @Test
  void aFileThatWasCut() throws IOException {
    assertFound(
        Damage.Kind.FILE_SIZE,
        file -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 100);
          }
        });
  }

  @Test
  void aFlippedBit() throws IOException {
    assertFound(
        Damage.Kind.FILE_CONTENT,
        file -> {
          byte[] bytes = Files.readAllBytes(file);
          bytes[bytes.length / 3] ^= 1;
          Files.write(file, bytes);
        });
  }

  @Test
  void aStrayFile() throws IOException {
    assertFound(
        Damage.Kind.STRAY_FILE,
        file -> Files.copy(file, file.resolveSibling("2013-10-09.parquet")));
    assertThat(file()).exists();
  }

  @Test
  void whatACutDownloadLeft() throws IOException {
    Injury injury =
        file -> Files.copy(file, root.resolve("parquet/.tmp/SPY_trades.2013-10-09.0-1.partial"));
    assertFound(Damage.Kind.UNFINISHED_WRITE, injury);
  }

  @Test
  void anotherNumberOfRowsInTheCatalog() throws IOException {
    // Nothing is known of the file any more.
    assertFound(
        List.of(Damage.Kind.CATALOG_ROW, Damage.Kind.STRAY_FILE),
        file -> change("UPDATE tick_day SET row_count = row_count + 1"));
  }

  @Test
  void aDayThatIsMadeOutToBeEmptyIsFetchedAgain() throws IOException {
    change("UPDATE tick_day SET row_count = 0, bytes = 0");
    read();
    assertThat(vendor.asked()).hasSize(2);
  }

  @Test
  void aRowThatNamesNoDay() throws IOException {
    assertFound(
        Damage.Kind.CATALOG_ROW,
        file ->
            change(
                "INSERT INTO tick_day VALUES ('?', 'trades', 'today', 'stored', 1, 2, 3, 4, 5)"));
  }

  @Test
  void aRemovalThatWasCutShort() throws IOException {
    assertFound(
        Damage.Kind.UNFINISHED_REMOVAL, file -> change("UPDATE tick_day SET state = 'removing'"));
  }

  @Test
  void aFileThatWasAnnouncedAndNotCommittedCounts() throws IOException {
    assertFound(
        Damage.Kind.UNFINISHED_WRITE, file -> change("UPDATE tick_day SET state = 'announced'"));
    assertThat(vendor.asked()).hasSize(1);
  }

  private void change(String sql) throws IOException {
    try (Database database = Database.open(new Layout(root.toRealPath()).database())) {
      database.write(
          connection -> {
            try (var statement = connection.createStatement()) {
              statement.executeUpdate(sql);
            }
            return null;
          });
    }
  }
}
