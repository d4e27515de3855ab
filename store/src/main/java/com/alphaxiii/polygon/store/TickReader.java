package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.TimeRange;
import dev.hardwood.Hardwood;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.metadata.Statistics;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowGroupPredicate;
import dev.hardwood.schema.ColumnProjection;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of ticks a row group at a time. Nothing is open between two calls; that the file is
 * still the same is seen by its size, time and place on the disk, once its checksum was found
 * right. For one thread.
 */
final class TickReader<T> {
  private static final int BLOCK = 1 << 18;

  private final Hardwood hardwood;
  private final TickFile file;
  private final TickColumns<T> columns;
  private final Map<Conditions, Conditions> shared = ColumnBatch.noneShared();
  private final Object identity;
  private final List<Group> groups;
  private final Optional<TickProof> proof;

  /** Where a row group lies, in bytes, and between which times its ticks are, Unix ns. */
  private record Group(long middle, long first, long last, long rows) {}

  private TickReader(
      Hardwood hardwood,
      TickFile file,
      TickColumns<T> columns,
      Object identity,
      List<Group> groups,
      Optional<TickProof> proof) {
    this.hardwood = hardwood;
    this.file = file;
    this.columns = columns;
    this.identity = identity;
    this.groups = groups;
    this.proof = proof;
  }

  /**
   * Looks at all of a file.
   *
   * @throws DamagedTicks when it is not there or not the one expected
   */
  static <T> TickReader<T> open(Hardwood hardwood, TickFile file, TickColumns<T> columns)
      throws IOException {
    return open(hardwood, file, columns, true);
  }

  /** The same without looking at all of it first: its pages have checksums of their own. */
  static <T> TickReader<T> openUnseen(Hardwood hardwood, TickFile file, TickColumns<T> columns)
      throws IOException {
    return open(hardwood, file, columns, false);
  }

  private static <T> TickReader<T> open(
      Hardwood hardwood, TickFile file, TickColumns<T> columns, boolean compare)
      throws IOException {
    try (Input input = Input.open(file)) {
      Object identity = input.identity();
      if (compare && !file.look().equals(input.look())) {
        throw new DamagedTicks(file.path() + " has another checksum than it was written with");
      }
      try (ParquetFileReader reader = hardwood.open(input)) {
        List<Group> groups = new ArrayList<>();
        for (RowGroup group : reader.getFileMetaData().rowGroups()) {
          groups.add(group(group, columns));
        }
        Optional<TickProof> proof = TickProof.read(reader.getFileMetaData().keyValueMetadata());
        return new TickReader<>(hardwood, file, columns, identity, groups, proof);
      }
    } catch (NoSuchFileException e) {
      throw new DamagedTicks(file.path() + " is missing", e);
    } catch (RuntimeException e) {
      throw new DamagedTicks("%s cannot be decoded: %s".formatted(file.path(), e), e);
    }
  }

  /**
   * How a file looks now.
   *
   * @throws java.io.FileNotFoundException when there is none
   */
  static Fingerprint look(TickFile file) throws IOException {
    try (Input input = Input.open(file)) {
      return input.look();
    }
  }

  private static Group group(RowGroup group, TickColumns<?> columns) {
    long start = group.columns().getFirst().chunkStartOffset();
    long bytes = group.columns().stream().mapToLong(c -> c.metaData().totalCompressedSize()).sum();
    Statistics times = group.columns().getFirst().metaData().statistics();
    return new Group(
        start + bytes / 2,
        columns.nanos(number(times.minValue())),
        columns.nanos(number(times.maxValue())),
        group.numRows());
  }

  private static long number(byte[] value) {
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** What the file says of itself; empty for one of before, or of another kind. */
  Optional<TickProof> proof() {
    return proof;
  }

  /** How many ticks there are, as the row groups tell. */
  long rows() {
    return groups.stream().mapToLong(Group::rows).sum();
  }

  /** How many row groups there are. */
  int groups() {
    return groups.size();
  }

  /** Whether all ticks of a row group are earlier than a time in Unix ns, by the first column. */
  boolean isBefore(int index, long time) {
    return groups.get(index).last < time;
  }

  /** The most ticks that a row group has, and so that memory holds. */
  long largestGroup() {
    return groups.stream().mapToLong(Group::rows).max().orElse(0);
  }

  /**
   * The ticks of a row group that lie within a range, in the file's order.
   *
   * @param range empty = all of them
   * @throws DamagedTicks when the file is no longer the one that was opened
   */
  List<T> read(int index, @Nullable TimeRange range) throws IOException {
    Group group = groups.get(index);
    long from = range == null ? Long.MIN_VALUE : TickDay.nanos(range.start());
    long to = range == null ? Long.MAX_VALUE : TickDay.nanos(range.end());
    if (range != null && isSorted() && (group.last < from || group.first >= to)) {
      return List.of();
    }
    try (Input input = Input.open(file)) {
      if (!Objects.equals(identity, input.identity())) {
        throw new DamagedTicks(file.path() + " was replaced while it was read");
      }
      try (ParquetFileReader reader = hardwood.open(input);
          ColumnReaders readers =
              reader
                  .buildColumnReaders(ColumnProjection.all())
                  .filter(RowGroupPredicate.byteRange(group.middle, group.middle + 1))
                  .batchSize(TickWriter.ROWS_PER_GROUP)
                  .build()) {
        List<T> ticks = new ArrayList<>();
        while (readers.nextBatch()) {
          TickColumns.Rows<T> rows =
              columns.rows(file.day().ticker(), new ColumnBatch(readers, shared));
          for (int row = 0; row < readers.getRecordCount(); row++) {
            T tick = rows.get(row);
            long time = columns.time(tick);
            if (range == null || (time >= from && time < to)) {
              ticks.add(tick);
            }
          }
        }
        return ticks;
      }
    } catch (NoSuchFileException e) {
      throw new DamagedTicks(file.path() + " was removed while it was read", e);
    } catch (RuntimeException e) {
      throw new DamagedTicks("%s cannot be decoded: %s".formatted(file.path(), e), e);
    }
  }

  /** The time of ranges is that of the first column for markets that have a SIP. */
  private boolean isSorted() {
    Market market = file.day().ticker().market();
    return market == Market.STOCKS || market == Market.OPTIONS;
  }

  /** The file's bytes, of which only those asked for are read. */
  private static final class Input implements InputFile {
    private final TickFile file;
    private final RandomAccessFile disk;

    private Input(TickFile file, RandomAccessFile disk) {
      this.file = file;
      this.disk = disk;
    }

    static Input open(TickFile file) throws IOException {
      if (Files.notExists(file.path())) {
        throw new NoSuchFileException(file.path().toString());
      }
      return new Input(file, new RandomAccessFile(file.path().toFile(), "r"));
    }

    /** What tells the file from any other that may take its place. */
    Object identity() throws IOException {
      BasicFileAttributes look = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return List.of(
          look.size(), look.lastModifiedTime(), String.valueOf(look.fileKey()), disk.length());
    }

    Fingerprint look() throws IOException {
      CRC32C checksum = new CRC32C();
      byte[] block = new byte[BLOCK];
      disk.seek(0);
      long bytes = 0;
      for (int read = disk.read(block); read > 0; read = disk.read(block)) {
        checksum.update(block, 0, read);
        bytes += read;
      }
      return new Fingerprint(bytes, checksum.getValue());
    }

    @Override
    public void open() {
      // It is, from the start.
    }

    @Override
    public synchronized ByteBuffer readRange(long offset, int length) throws IOException {
      byte[] bytes = new byte[length];
      disk.seek(offset);
      disk.readFully(bytes);
      return ByteBuffer.wrap(bytes);
    }

    @Override
    public long length() throws IOException {
      return disk.length();
    }

    @Override
    public String name() {
      return file.path().toString();
    }

    @Override
    public void close() throws IOException {
      disk.close();
    }
  }
}
