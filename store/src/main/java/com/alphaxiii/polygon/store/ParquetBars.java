package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.TimeRange;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.reader.FilterPredicate;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.Validity;
import java.time.Instant;
import java.util.Arrays;

/** Bars out of the columns that the library reads, whatever their encoding. */
final class ParquetBars {
  private ParquetBars() {}

  /** Picks the rows that start within a range. */
  static FilterPredicate startsWithin(TimeRange range) {
    return FilterPredicate.and(
        FilterPredicate.gtEq(PartSchema.TIMESTAMP, ceilMillis(range.start())),
        FilterPredicate.lt(PartSchema.TIMESTAMP, ceilMillis(range.end())));
  }

  private static long ceilMillis(Instant instant) {
    return instant.plusNanos(999_999).toEpochMilli();
  }

  /** All rows of the columns. */
  static Bars decoded(ParquetFileReader.ColumnReadersBuilder columns, BarsBuilder bars) {
    try (ColumnReaders batches = columns.build()) {
      ColumnReader start = batches.getColumnReader(PartSchema.TIMESTAMP);
      ColumnReader open = batches.getColumnReader(PartSchema.OPEN);
      ColumnReader high = batches.getColumnReader(PartSchema.HIGH);
      ColumnReader low = batches.getColumnReader(PartSchema.LOW);
      ColumnReader close = batches.getColumnReader(PartSchema.CLOSE);
      ColumnReader volume = batches.getColumnReader(PartSchema.VOLUME);
      ColumnReader vwap = batches.getColumnReader(PartSchema.VWAP);
      ColumnReader transactions = batches.getColumnReader(PartSchema.TRANSACTIONS);
      while (batches.nextBatch()) {
        int rows = batches.getRecordCount();
        bars.addColumns(
            start.getLongs(),
            open.getDoubles(),
            high.getDoubles(),
            low.getDoubles(),
            close.getDoubles(),
            volume.getDoubles(),
            averages(vwap, rows),
            counts(transactions, rows),
            rows);
      }
    }
    return bars.build();
  }

  private static double[] averages(ColumnReader vwap, int rows) {
    Validity present = vwap.getLeafValidity();
    if (!present.hasNulls()) {
      return vwap.getDoubles();
    }
    double[] averages = Arrays.copyOf(vwap.getDoubles(), rows);
    for (int i = present.nextNull(0, rows); i >= 0 && i < rows; i = present.nextNull(i + 1, rows)) {
      averages[i] = Double.NaN;
    }
    return averages;
  }

  private static long[] counts(ColumnReader transactions, int rows) {
    Validity present = transactions.getLeafValidity();
    if (!present.hasNulls()) {
      return transactions.getLongs();
    }
    long[] counts = Arrays.copyOf(transactions.getLongs(), rows);
    for (int i = present.nextNull(0, rows); i >= 0 && i < rows; i = present.nextNull(i + 1, rows)) {
      counts[i] = -1;
    }
    return counts;
  }
}
