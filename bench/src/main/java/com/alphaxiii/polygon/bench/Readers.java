package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.core.Bars;
import dev.hardwood.Hardwood;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.ColumnProjection;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** What the cache's reading stands beside. Each returns a sum over what it read. */
final class Readers {
  private static final int COLUMNS = 8;

  private Readers() {}

  /** All parts with the library that the cache uses, as plainly as its documents show it. */
  static long hardwood(Hardwood hardwood, List<Path> parts, int rows) throws Exception {
    long[] start = new long[rows];
    double[][] doubles = new double[6][rows];
    long[] transactions = new long[rows];
    int at = 0;
    for (Path part : parts) {
      try (ParquetFileReader reader = hardwood.open(InputFile.of(part));
          ColumnReaders columns = reader.buildColumnReaders(ColumnProjection.all()).build()) {
        while (columns.nextBatch()) {
          int count = columns.getRecordCount();
          System.arraycopy(columns.getColumnReader(0).getLongs(), 0, start, at, count);
          for (int i = 0; i < doubles.length; i++) {
            ColumnReader column = columns.getColumnReader(i + 1);
            System.arraycopy(column.getDoubles(), 0, doubles[i], at, count);
          }
          System.arraycopy(columns.getColumnReader(7).getLongs(), 0, transactions, at, count);
          at += count;
        }
      }
    }
    return at + start[rows - 1];
  }

  /** Lets DuckDB use so many threads. */
  static void threads(Connection connection, int count) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET threads TO " + count);
    }
  }

  /** The folder as a table of DuckDB, row by row, ordered as the files are. */
  static long duck(Connection connection, Path folder, int rows) throws Exception {
    long[] start = new long[rows];
    double[][] doubles = new double[6][rows];
    long[] transactions = new long[rows];
    int at = 0;
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT epoch_ms(timestamp), open, high, low, close, volume, vwap, transactions"
                    + " FROM read_parquet('"
                    + folder
                    + "/*.parquet')")) {
      while (result.next()) {
        start[at] = result.getLong(1);
        for (int i = 0; i < doubles.length; i++) {
          doubles[i][at] = result.getDouble(i + 2);
        }
        transactions[at] = result.getLong(COLUMNS);
        at++;
      }
    }
    if (at != rows) {
      throw new IllegalStateException("DuckDB read " + at + " rows of " + rows);
    }
    return at + start[rows - 1];
  }

  /** Bare columns, as no format could be read faster. */
  static Path rawFile(Bars bars, Path folder) throws Exception {
    ByteBuffer raw =
        ByteBuffer.allocate(bars.size() * COLUMNS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < bars.size(); i++) {
      raw.putLong(bars.start(i));
    }
    for (int column = 0; column < 6; column++) {
      for (int i = 0; i < bars.size(); i++) {
        raw.putDouble(
            switch (column) {
              case 0 -> bars.open(i);
              case 1 -> bars.high(i);
              case 2 -> bars.low(i);
              case 3 -> bars.close(i);
              case 4 -> bars.volume(i);
              default -> bars.vwap(i);
            });
      }
    }
    for (int i = 0; i < bars.size(); i++) {
      raw.putLong(bars.transactions(i));
    }
    return Files.write(folder.resolve("raw.bin"), raw.array());
  }

  static long raw(Path file, int rows) throws Exception {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer mapped =
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
              .order(ByteOrder.LITTLE_ENDIAN);
      long[] start = new long[rows];
      double[][] doubles = new double[6][rows];
      long[] transactions = new long[rows];
      mapped.asLongBuffer().get(start);
      for (int i = 0; i < doubles.length; i++) {
        mapped
            .slice((i + 1) * rows * Long.BYTES, rows * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asDoubleBuffer()
            .get(doubles[i]);
      }
      mapped
          .slice(7 * rows * Long.BYTES, rows * Long.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asLongBuffer()
          .get(transactions);
      return start[rows - 1] + Arrays.stream(transactions).limit(1).sum();
    }
  }
}
