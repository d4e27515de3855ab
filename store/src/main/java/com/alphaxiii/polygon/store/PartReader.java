package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.alphaxiii.polygon.core.BarsBuilder;
import com.alphaxiii.polygon.core.TimeRange;
import dev.hardwood.Hardwood;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.reader.FilterPredicate;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.Validity;
import dev.hardwood.schema.ColumnProjection;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Reads part files. A file is read into memory as a whole and its checksum compared before anything
 * of it is believed; of a range, only its pages are decoded. Safe for use by many threads.
 */
final class PartReader implements AutoCloseable {
  private final Hardwood hardwood = Hardwood.create();
  private volatile boolean closed;

  /**
   * The bars of a file that start within a range.
   *
   * @throws DamagedPart when the file is not there or not the one expected
   * @throws IOException when nothing can be said of the file, such as during {@link #close}
   */
  Bars read(Path file, Part expected, TimeRange range) throws IOException {
    PartKey key = expected.key();
    if (!expected.committed().isFile()) {
      return Bars.empty(key.series().ticker(), key.series().base());
    }
    byte[] content = content(file, expected);
    try (ParquetFileReader reader = hardwood.open(InputFile.of(ByteBuffer.wrap(content)))) {
      BarsBuilder bars = Bars.builder(key.series().ticker(), key.series().base());
      var columns = reader.buildColumnReaders(ColumnProjection.all());
      if (range.encloses(key.range())) {
        bars.reserve(Math.toIntExact(reader.getFileMetaData().numRows()));
      } else {
        columns = columns.filter(startsWithin(range));
      }
      try (ColumnReaders batches = columns.build()) {
        addRows(batches, bars);
      }
      return bars.build();
    } catch (RuntimeException | IOException e) {
      if (closed) {
        throw new IOException("the cache was closed meanwhile", e);
      }
      throw new DamagedPart(key, "%s cannot be decoded: %s".formatted(file, e), e);
    }
  }

  /** All of a file whose checksum is as expected. */
  private static byte[] content(Path file, Part expected) throws IOException {
    if (Files.notExists(file)) {
      throw new DamagedPart(expected.key(), file + " is missing");
    }
    if (!expected.mayHave(Files.size(file))) {
      throw new DamagedPart(expected.key(), file + " has another size than it was written with");
    }
    byte[] content;
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      content = in.readAllBytes();
    }
    if (!expected.mayBe(Fingerprint.of(content))) {
      throw new DamagedPart(
          expected.key(), file + " has another checksum than it was written with");
    }
    return content;
  }

  /** How a file looks now. */
  Fingerprint look(Path file) throws IOException {
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      return Fingerprint.of(in.readAllBytes());
    }
  }

  private static FilterPredicate startsWithin(TimeRange range) {
    return FilterPredicate.and(
        FilterPredicate.gtEq(PartSchema.TIMESTAMP, ceilMillis(range.start())),
        FilterPredicate.lt(PartSchema.TIMESTAMP, ceilMillis(range.end())));
  }

  private static long ceilMillis(Instant instant) {
    return instant.plusNanos(999_999).toEpochMilli();
  }

  private static void addRows(ColumnReaders batches, BarsBuilder bars) {
    ColumnReader start = batches.getColumnReader(PartSchema.TIMESTAMP);
    ColumnReader open = batches.getColumnReader(PartSchema.OPEN);
    ColumnReader high = batches.getColumnReader(PartSchema.HIGH);
    ColumnReader low = batches.getColumnReader(PartSchema.LOW);
    ColumnReader close = batches.getColumnReader(PartSchema.CLOSE);
    ColumnReader volume = batches.getColumnReader(PartSchema.VOLUME);
    ColumnReader vwap = batches.getColumnReader(PartSchema.VWAP);
    ColumnReader transactions = batches.getColumnReader(PartSchema.TRANSACTIONS);
    while (batches.nextBatch()) {
      long[] starts = start.getLongs();
      double[] opens = open.getDoubles();
      double[] highs = high.getDoubles();
      double[] lows = low.getDoubles();
      double[] closes = close.getDoubles();
      double[] volumes = volume.getDoubles();
      double[] vwaps = vwap.getDoubles();
      long[] counts = transactions.getLongs();
      Validity averaged = vwap.getLeafValidity();
      Validity counted = transactions.getLeafValidity();
      int rows = batches.getRecordCount();
      for (int i = 0; i < rows; i++) {
        bars.add(
            starts[i],
            opens[i],
            highs[i],
            lows[i],
            closes[i],
            volumes[i],
            averaged.isNull(i) ? Double.NaN : vwaps[i],
            counted.isNull(i) ? -1 : counts[i]);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    hardwood.close();
  }
}
