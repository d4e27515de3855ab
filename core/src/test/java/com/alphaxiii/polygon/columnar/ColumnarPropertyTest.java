package com.alphaxiii.polygon.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.columnar.Column.Type;
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
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;

/** Columns of every kind, of rows that are collected one by one, read by the readers of others. */
class ColumnarPropertyTest {
  /** Few, so that there are several batches. */
  private static final int BATCH_ROWS = 7;

  private static final List<Column> COLUMNS =
      List.of(
          Column.time("at", Type.NANOS, false, ZoneId.of("America/New_York")),
          Column.time("reported", Type.NANOS, true, ZoneId.of("UTC")),
          Column.optional("name", Type.TEXT),
          Column.required("kind", Type.INT32),
          Column.optional("number", Type.INT64),
          Column.required("price", Type.FLOAT64),
          Column.required("codes", Type.INT32_LIST));

  private record Row(
      long at,
      @Nullable Long reported,
      @Nullable String name,
      int kind,
      @Nullable Long number,
      double price,
      List<Integer> codes) {
    void addTo(BatchBuilder batch) {
      batch.whole(at);
      addTo(batch, reported);
      if (name == null) {
        batch.absent();
      } else {
        batch.text(name);
      }
      batch.whole(kind);
      addTo(batch, number);
      batch.real(price).list(codes.stream().mapToInt(Integer::intValue));
    }

    private static void addTo(BatchBuilder batch, @Nullable Long value) {
      if (value == null) {
        batch.absent();
      } else {
        batch.whole(value);
      }
    }

    List<@Nullable Object> cells() {
      List<@Nullable Object> cells = new ArrayList<>();
      cells.add(at);
      cells.add(reported);
      cells.add(name);
      cells.add(kind);
      cells.add(number);
      cells.add(price);
      cells.add(codes);
      return cells;
    }
  }

  private record Rows(List<Row> rows) implements Table {
    @Override
    public List<Column> columns() {
      return COLUMNS;
    }

    @Override
    public Iterator<Batch> batches() {
      BatchBuilder builder = new BatchBuilder(COLUMNS, BATCH_ROWS);
      return IntStream.iterate(0, from -> from < rows.size(), from -> from + BATCH_ROWS)
          .mapToObj(
              from -> {
                for (int i = from; i < Math.min(rows.size(), from + BATCH_ROWS); i++) {
                  rows.get(i).addTo(builder);
                  assertThat(builder.endRow()).isEqualTo(i == from + BATCH_ROWS - 1);
                }
                return Objects.requireNonNull(builder.take());
              })
          .iterator();
    }
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    Arbitrary<Long> nanos = Arbitraries.longs().between(0, 2_000_000_000_000_000_000L);
    return Combinators.combine(
            nanos,
            nanos.injectNull(0.3),
            Arbitraries.of("a", "é", "€", "😀", " ", ",", "\"")
                .list()
                .ofMaxSize(40)
                .map(letters -> String.join("", letters))
                .injectNull(0.3),
            Arbitraries.integers(),
            Arbitraries.longs().injectNull(0.3),
            Arbitraries.doubles(),
            Arbitraries.integers().list().ofMaxSize(9))
        .as(Row::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 200)
  void arrowsOwnReaderFindsEveryCell(@ForAll("rows") List<Row> rows) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    ArrowWriter.writeStream(stream, new Rows(rows));
    List<List<@Nullable Object>> found = new ArrayList<>();
    try (RootAllocator allocator = new RootAllocator();
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(stream.toByteArray()), allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      while (reader.loadNextBatch()) {
        for (int i = 0; i < root.getRowCount(); i++) {
          int row = i;
          List<@Nullable Object> cells = new ArrayList<>();
          root.getFieldVectors().forEach(vector -> cells.add(value(vector.getObject(row))));
          found.add(cells);
        }
      }
    }
    assertThat(found).isEqualTo(rows.stream().map(Row::cells).toList());
  }

  /** Of a kind that can be compared. */
  private static @Nullable Object value(@Nullable Object cell) {
    return switch (cell) {
      case org.apache.arrow.vector.util.Text text -> text.toString();
      case List<?> list -> List.copyOf(list);
      case null, default -> cell;
    };
  }

  @Property(tries = 60)
  void duckDbFindsEveryCellInParquet(@ForAll("rows") List<Row> rows)
      throws IOException, SQLException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ParquetWriter.write(file, new Rows(rows));
    Path path = Files.createTempFile("rows", ".parquet");
    List<List<@Nullable Object>> found = new ArrayList<>();
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      Files.write(path, file.toByteArray());
      try (ResultSet result =
          statement.executeQuery(
              """
              SELECT epoch_ns("at"), epoch_ns(reported), name, kind, number, price, codes
              FROM read_parquet('%s')
              """
                  .formatted(path))) {
        while (result.next()) {
          List<@Nullable Object> cells = new ArrayList<>();
          for (int i = 1; i < COLUMNS.size(); i++) {
            cells.add(result.getObject(i));
          }
          Object[] codes = (Object[]) result.getArray(COLUMNS.size()).getArray();
          cells.add(Stream.of(codes).toList());
          found.add(cells);
        }
      }
    } finally {
      Files.delete(path);
    }
    assertThat(found).isEqualTo(rows.stream().map(Row::cells).toList());
  }
}
