package com.alphaxiii.polygon.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.columnar.ArrowWriter;
import com.alphaxiii.polygon.columnar.ParquetWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.Test;

/** Bars as Arrow and Parquet, read by the readers of others. */
class BarTablePropertyTest {
  private static final Ticker TICKER = new Ticker("AAPL");

  /** More than a batch. */
  private static final int MANY = 150_001;

  @Provide
  Arbitrary<Bars> bars() {
    return LawfulBars.any();
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of("America/New_York", "UTC", "Z", "+05:30", "Asia/Kolkata").map(ZoneId::of);
  }

  @Property(tries = 100)
  void arrowsOwnReaderFindsEveryBar(@ForAll("bars") Bars bars, @ForAll("zones") ZoneId zone)
      throws IOException {
    assertThat(stream(arrow(bars, zone), bars, zone)).isEqualTo(bars);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    bars.writeArrowFile(file, zone);
    assertThat(file(file.toByteArray(), bars)).isEqualTo(bars);
  }

  @Property(tries = 40)
  void duckDbFindsEveryBarInParquet(@ForAll("bars") Bars bars, @ForAll("zones") ZoneId zone)
      throws IOException, SQLException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    bars.writeParquet(file, zone);
    assertThat(parquet(file.toByteArray(), bars.timeframe(), "ORDER BY timestamp")).isEqualTo(bars);
  }

  @Test
  void manyBatchesAreOneTable() throws IOException, SQLException {
    Bars bars = many();
    ZoneId zone = Market.NEW_YORK;
    assertThat(stream(arrow(bars, zone), bars, zone)).isEqualTo(bars);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    bars.writeParquet(file, zone);
    assertThat(parquet(file.toByteArray(), bars.timeframe(), "")).isEqualTo(bars);
  }

  @Test
  void theLastBarComesFirstWhenAskedFor() throws IOException, SQLException {
    Bars bars = many().slice(10, 70_000);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ParquetWriter.write(file, BarTable.descending(bars, Market.NEW_YORK));
    Path path = Files.createTempFile("bars", ".parquet");
    try {
      Files.write(path, file.toByteArray());
      try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = database.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT epoch_ms(timestamp), close FROM '%s'".formatted(path))) {
        for (int i = bars.size() - 1; i >= 0; i--) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getLong(1)).isEqualTo(bars.start(i));
          assertThat(rows.getDouble(2)).isEqualTo(bars.close(i));
        }
        assertThat(rows.next()).isFalse();
      }
    } finally {
      Files.delete(path);
    }
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    ArrowWriter.writeStream(stream, BarTable.descending(bars, Market.NEW_YORK));
    List<Long> starts = new ArrayList<>();
    try (RootAllocator allocator = new RootAllocator();
        ArrowReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(stream.toByteArray()), allocator)) {
      while (reader.loadNextBatch()) {
        TimeStampMilliTZVector times =
            (TimeStampMilliTZVector) reader.getVectorSchemaRoot().getVector("timestamp");
        for (int i = 0; i < times.getValueCount(); i++) {
          starts.add(times.get(i));
        }
      }
    }
    assertThat(starts)
        .hasSize(bars.size())
        .startsWith(bars.start(bars.size() - 1))
        .endsWith(bars.start(0))
        .isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  private static Bars many() {
    BarsBuilder builder = Bars.builder(TICKER, Timeframe.MINUTE_1);
    for (int i = 0; i < MANY; i++) {
      double price = 100 + i % 97 * 0.01;
      builder.add(
          1_700_000_000_000L + i * 60_000L,
          price,
          price + 1,
          price - 1,
          price + 0.5,
          i,
          i % 3 == 0 ? Double.NaN : price,
          i % 70_000 == 5 ? -1 : i);
    }
    return builder.build();
  }

  private static byte[] arrow(Bars bars, ZoneId zone) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    bars.writeArrow(stream, zone);
    return stream.toByteArray();
  }

  private static Bars stream(byte[] bytes, Bars like, ZoneId zone) throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        ArrowReader reader = new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator)) {
      ArrowType.Timestamp time =
          (ArrowType.Timestamp)
              reader.getVectorSchemaRoot().getSchema().findField("timestamp").getType();
      assertThat(ZoneId.of(time.getTimezone()).getRules()).isEqualTo(zone.getRules());
      return collect(reader, like.timeframe());
    }
  }

  private static Bars file(byte[] bytes, Bars like) throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        ArrowFileReader reader =
            new ArrowFileReader(new ByteArrayReadableSeekableByteChannel(bytes), allocator)) {
      return collect(reader, like.timeframe());
    }
  }

  private static Bars collect(ArrowReader reader, Timeframe timeframe) throws IOException {
    BarsBuilder builder = Bars.builder(TICKER, timeframe);
    VectorSchemaRoot root = reader.getVectorSchemaRoot();
    while (reader.loadNextBatch()) {
      TimeStampMilliTZVector times = (TimeStampMilliTZVector) root.getVector("timestamp");
      Float8Vector vwap = (Float8Vector) root.getVector("vwap");
      BigIntVector counts = (BigIntVector) root.getVector("transactions");
      for (int i = 0; i < root.getRowCount(); i++) {
        builder.add(
            times.get(i),
            real(root, "open", i),
            real(root, "high", i),
            real(root, "low", i),
            real(root, "close", i),
            real(root, "volume", i),
            vwap.isNull(i) ? Double.NaN : vwap.get(i),
            counts.isNull(i) ? -1 : counts.get(i));
      }
    }
    return builder.build();
  }

  private static double real(VectorSchemaRoot root, String column, int row) {
    return ((Float8Vector) root.getVector(column)).get(row);
  }

  private static Bars parquet(byte[] bytes, Timeframe timeframe, String order)
      throws IOException, SQLException {
    Path path = Files.createTempFile("bars", ".parquet");
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      Files.write(path, bytes);
      BarsBuilder builder = Bars.builder(TICKER, timeframe);
      try (ResultSet rows =
          statement.executeQuery(
              """
              SELECT epoch_ms(timestamp), open, high, low, close, volume,
                     coalesce(vwap, 'nan'::DOUBLE), coalesce(transactions, -1)
              FROM '%s' %s
              """
                  .formatted(path, order))) {
        while (rows.next()) {
          builder.add(
              rows.getLong(1),
              rows.getDouble(2),
              rows.getDouble(3),
              rows.getDouble(4),
              rows.getDouble(5),
              rows.getDouble(6),
              rows.getDouble(7),
              rows.getLong(8));
        }
      }
      return builder.build();
    } finally {
      Files.delete(path);
    }
  }
}
