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
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads part files. A file is read into memory as a whole and its checksum compared before anything
 * of it is believed; of a range, only its pages are decoded. Safe for use by many threads.
 */
final class PartReader implements AutoCloseable {
  private final Hardwood hardwood = Hardwood.create();
  private final Function<PartKey, Path> files;
  private volatile boolean closed;

  /**
   * @param files where a part's file lies
   */
  PartReader(Function<PartKey, Path> files) {
    this.files = files;
  }

  /** A file as it was when it was read. */
  private record Content(byte[] bytes, Fingerprint look) {}

  /**
   * What was read.
   *
   * @param files how the file of each part looked
   */
  record Loaded(Bars bars, List<Fingerprint> files) {}

  /**
   * The bars of a file that start within a range; none for a part without file.
   *
   * @throws DamagedPart when the file is not there or not the one expected
   * @throws IOException when nothing can be said of the file, such as during {@link #close}
   */
  Loaded read(Part expected, TimeRange range) throws IOException {
    PartKey key = expected.key();
    if (!expected.committed().isFile()) {
      return new Loaded(
          Bars.empty(key.series().ticker(), key.series().base()), List.of(expected.committed()));
    }
    boolean all = range.encloses(key.range());
    Content content = content(expected);
    try (ParquetFileReader reader = hardwood.open(buffer(content))) {
      var columns = reader.buildColumnReaders(ColumnProjection.all());
      BarsBuilder bars = Bars.builder(key.series().ticker(), key.series().base());
      if (all) {
        bars.reserve(Math.toIntExact(reader.getFileMetaData().numRows()));
      } else {
        columns = columns.filter(startsWithin(range));
      }
      return new Loaded(decoded(columns, bars), List.of(content.look()));
    } catch (RuntimeException | IOException e) {
      throw unlessClosed(
          new DamagedPart(
              key,
              Damage.Kind.FILE_CONTENT,
              "%s cannot be decoded: %s".formatted(files.apply(key), e),
              e));
    }
  }

  /**
   * All that a file says.
   *
   * @param proof what its footer says of it; empty for a file of before there were proofs
   */
  record Whole(Bars bars, Fingerprint look, Optional<PartProof> proof) {}

  /** A whole file with its proof; throws as {@link #read}. */
  Whole whole(Part expected) throws IOException {
    PartKey key = expected.key();
    Content content = content(expected);
    try (ParquetFileReader reader = hardwood.open(buffer(content))) {
      BarsBuilder bars = Bars.builder(key.series().ticker(), key.series().base());
      Map<String, String> footer = reader.getFileMetaData().keyValueMetadata();
      return new Whole(
          decoded(reader.buildColumnReaders(ColumnProjection.all()), bars),
          content.look(),
          PartProof.read(footer));
    } catch (RuntimeException | IOException e) {
      throw unlessClosed(
          new DamagedPart(
              key,
              Damage.Kind.FILE_CONTENT,
              "%s cannot be decoded: %s".formatted(files.apply(key), e),
              e));
    }
  }

  /**
   * All bars of several parts of one series, in arrays that they share.
   *
   * @param expected at least one, in order of time, each with a file
   * @throws DamagedPart as {@link #read}, for the first of which it is true
   */
  Loaded readAll(List<Part> expected) throws IOException {
    Series series = expected.getFirst().key().series();
    if (expected.size() == 1) {
      return read(expected.getFirst(), expected.getFirst().key().range());
    }
    List<Content> contents = new ArrayList<>();
    for (Part part : expected) {
      contents.add(content(part));
    }
    BarsBuilder bars = Bars.builder(series.ticker(), series.base());
    bars.reserve(expected.stream().mapToInt(Part::rows).sum());
    try (ParquetFileReader reader =
        hardwood.openAll(contents.stream().map(PartReader::buffer).toList())) {
      return new Loaded(
          decoded(reader.buildColumnReaders(ColumnProjection.all()), bars),
          contents.stream().map(Content::look).toList());
    } catch (RuntimeException | IOException e) {
      // Which one it was is told by reading them one by one.
      for (Part part : expected) {
        read(part, part.key().range());
      }
      throw unlessClosed(
          new DamagedPart(
              expected.getFirst().key(),
              Damage.Kind.FILE_CONTENT,
              "parts of %s do not fit: %s".formatted(series, e),
              e));
    }
  }

  private static InputFile buffer(Content content) {
    return InputFile.of(ByteBuffer.wrap(content.bytes()));
  }

  private IOException unlessClosed(DamagedPart damage) {
    return closed ? new IOException("the cache was closed meanwhile", damage) : damage;
  }

  /** All of a file whose checksum is as expected. */
  private Content content(Part expected) throws IOException {
    Path file = files.apply(expected.key());
    try {
      return content(expected, file);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new DamagedPart(expected.key(), Damage.Kind.FILE_MISSING, file + " is missing", e);
    }
  }

  private static Content content(Part expected, Path file) throws IOException {
    if (!expected.mayHave(Files.size(file))) {
      throw new DamagedPart(
          expected.key(),
          Damage.Kind.FILE_SIZE,
          file + " has another size than it was written with",
          null);
    }
    byte[] bytes;
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      bytes = in.readAllBytes();
    }
    Fingerprint look = Fingerprint.of(bytes);
    if (!expected.mayBe(look)) {
      throw new DamagedPart(
          expected.key(),
          Damage.Kind.FILE_CONTENT,
          file + " has another checksum than it was written with",
          null);
    }
    return new Content(bytes, look);
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

  private static Bars decoded(ParquetFileReader.ColumnReadersBuilder columns, BarsBuilder bars) {
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

  @Override
  public void close() {
    closed = true;
    hardwood.close();
  }
}
