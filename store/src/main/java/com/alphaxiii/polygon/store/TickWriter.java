package com.alphaxiii.polygon.store;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.impl.ColumnWriteStoreV1;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes ticks as they come to a Parquet file that any reader understands. A row group's worth of
 * encoded ticks is all that is held in memory. The same ticks make the same bytes.
 */
final class TickWriter<T> implements AutoCloseable {
  /** Read back as a whole, a group takes some ten megabytes. */
  static final int ROWS_PER_GROUP = 65_536;

  private static final int ROWS_PER_PAGE = 16_384;
  private static final int PAGE_BYTES = 1 << 20;
  private static final int LEVEL = 3;

  private static final ParquetProperties PROPERTIES =
      ParquetProperties.builder()
          .withPageSize(PAGE_BYTES)
          .withPageRowCountLimit(ROWS_PER_PAGE)
          .withPageWriteChecksumEnabled(true)
          .withAllocator(HeapByteBufferAllocator.getInstance())
          .withValuesWriterFactory(new TickEncodings())
          .build();

  private final TickColumns<T> columns;
  private final int rowsPerGroup;
  private final PartFile target;
  private final ParquetFileWriter file;
  private final Zstd zstd = new Zstd();
  private Group group;
  private long rows;

  private TickWriter(
      TickColumns<T> columns, int rowsPerGroup, PartFile target, ParquetFileWriter file) {
    this.columns = columns;
    this.rowsPerGroup = rowsPerGroup;
    this.target = target;
    this.file = file;
    this.group = new Group();
  }

  /** Begins a new file; there must be none. */
  static <T> TickWriter<T> create(Path path, TickColumns<T> columns) throws IOException {
    return create(path, columns, ROWS_PER_GROUP);
  }

  /**
   * The same with smaller row groups.
   *
   * @param rowsPerGroup at most {@link #ROWS_PER_GROUP}
   */
  static <T> TickWriter<T> create(Path path, TickColumns<T> columns, int rowsPerGroup)
      throws IOException {
    PartFile target = PartFile.create(path);
    try {
      ParquetFileWriter file =
          new ParquetFileWriter(
              target,
              columns.schema(),
              ParquetFileWriter.Mode.CREATE,
              Long.MAX_VALUE,
              0,
              null,
              PROPERTIES);
      file.start();
      return new TickWriter<>(columns, rowsPerGroup, target, file);
    } catch (IOException | RuntimeException e) {
      target.close();
      throw e;
    }
  }

  private static final class Zstd implements BytesInputCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(context.compress(bytes.toByteArray()));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      context.close();
    }
  }

  /** The row group that is being filled. */
  private final class Group {
    private final ColumnChunkPageWriteStore pages =
        new ColumnChunkPageWriteStore(
            zstd,
            columns.schema(),
            HeapByteBufferAllocator.getInstance(),
            PROPERTIES.getColumnIndexTruncateLength(),
            true);
    private final ColumnWriteStore store =
        new ColumnWriteStoreV1(columns.schema(), pages, PROPERTIES);
    private final ColumnCells cells;
    private int size;

    Group() {
      List<ColumnWriter> writers = new ArrayList<>();
      for (ColumnDescriptor column : columns.schema().getColumns()) {
        writers.add(store.getColumnWriter(column));
      }
      cells = new ColumnCells(writers);
    }

    void add(T tick) {
      cells.beginRow();
      columns.write(tick, cells);
      if (!cells.rowIsFull()) {
        throw new IllegalStateException("a column of " + columns.kind() + " has no value");
      }
      store.endRecord();
      size++;
    }

    void end() throws IOException {
      if (size > 0) {
        store.flush();
        file.startBlock(size);
        pages.flushToFileWriter(file);
        file.endBlock();
      }
      store.close();
      pages.close();
    }
  }

  void add(T tick) throws IOException {
    group.add(tick);
    rows++;
    if (group.size == rowsPerGroup) {
      group.end();
      group = new Group();
    }
  }

  /** How many ticks were added. */
  long rows() {
    return rows;
  }

  /** Ends the file and forces it to the disk. */
  Fingerprint finish() throws IOException {
    group.end();
    file.end(Map.of());
    return target.force();
  }

  /** The same for a file that is all of a day, and says so. */
  Fingerprint finish(TickDay day) throws IOException {
    group.end();
    file.end(TickProof.of(day, rows, target.soFar()).metadata());
    return target.force();
  }

  @Override
  public void close() throws IOException {
    try (target;
        file) {
      zstd.release();
    }
  }
}
