package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes bars as a Parquet file that any reader understands: first-generation data pages, plain
 * doubles, delta-packed times and counts, zstd, page indexes and page checksums. Pages of all
 * columns end at the same rows, so that a reader of a range opens the same page of each.
 */
final class PartWriter implements AutoCloseable {
  /** Fast, for a part that will be written again. */
  static final int OPEN_LEVEL = 1;

  /** Smaller, for a part that is full. */
  static final int CLOSED_LEVEL = 3;

  private static final int ROWS_PER_GROUP = 131_072;
  private static final int ROWS_PER_PAGE = 16_384;
  private static final int SLAB_BYTES = 64 * 1024;
  private static final int PAGE_BYTES = 1 << 20;
  private static final int LEVEL_SLAB_BYTES = 1024;

  private final ParquetFileWriter file;
  private final ZstdCompressCtx zstd;
  private final Bars bars;
  private final PartProof proof;

  private PartWriter(ParquetFileWriter file, ZstdCompressCtx zstd, Bars bars, PartProof proof) {
    this.file = file;
    this.zstd = zstd;
    this.bars = bars;
    this.proof = proof;
  }

  /**
   * Writes a new file and forces it to the disk.
   *
   * @param level of zstd
   * @param proof goes into the footer
   */
  static Fingerprint write(Path path, Bars bars, int level, PartProof proof) throws IOException {
    try (PartFile target = PartFile.create(path)) {
      try (PartWriter writer =
          new PartWriter(
              new ParquetFileWriter(
                  target,
                  PartSchema.MESSAGE,
                  ParquetFileWriter.Mode.CREATE,
                  Long.MAX_VALUE,
                  0,
                  null,
                  ParquetProperties.builder().withPageWriteChecksumEnabled(true).build()),
              new ZstdCompressCtx().setLevel(level),
              bars,
              proof)) {
        writer.write();
      }
      return target.force();
    }
  }

  private void write() throws IOException {
    file.start();
    for (int from = 0; from < bars.size(); from += ROWS_PER_GROUP) {
      int to = Math.min(bars.size(), from + ROWS_PER_GROUP);
      file.startBlock(to - from);
      for (ColumnDescriptor column : PartSchema.MESSAGE.getColumns()) {
        file.startColumn(column, to - from, CompressionCodecName.ZSTD);
        for (int page = from; page < to; page += ROWS_PER_PAGE) {
          writePage(column, page, Math.min(to, page + ROWS_PER_PAGE));
        }
        file.endColumn();
      }
      file.endBlock();
    }
    file.end(proof.metadata());
  }

  private void writePage(ColumnDescriptor column, int from, int to) throws IOException {
    switch (column.getPath()[0]) {
      case PartSchema.TIMESTAMP -> writeLongs(column, bars::start, from, to);
      case PartSchema.OPEN -> writeDoubles(column, bars::open, from, to);
      case PartSchema.HIGH -> writeDoubles(column, bars::high, from, to);
      case PartSchema.LOW -> writeDoubles(column, bars::low, from, to);
      case PartSchema.CLOSE -> writeDoubles(column, bars::close, from, to);
      case PartSchema.VOLUME -> writeDoubles(column, bars::volume, from, to);
      case PartSchema.VWAP -> writeDoubles(column, bars::vwap, from, to);
      case PartSchema.TRANSACTIONS -> writeLongs(column, bars::transactions, from, to);
      default -> throw new IllegalStateException("column " + column);
    }
  }

  /** In an optional column, numbers below zero are absent ones. */
  private void writeLongs(ColumnDescriptor column, IntToLongFunction values, int from, int to)
      throws IOException {
    Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
    Levels levels = new Levels(column);
    var packed =
        new DeltaBinaryPackingValuesWriterForLong(
            SLAB_BYTES, PAGE_BYTES, HeapByteBufferAllocator.getInstance());
    for (int row = from; row < to; row++) {
      long value = values.applyAsLong(row);
      if (levels.add(value >= 0, statistics)) {
        packed.writeLong(value);
        statistics.updateStats(value);
      }
    }
    BytesInput body = BytesInput.concat(levels.bytes(), packed.getBytes());
    writePage(to - from, body, Encoding.DELTA_BINARY_PACKED, statistics);
  }

  /** In an optional column, NaN is an absent value. */
  private void writeDoubles(ColumnDescriptor column, IntToDoubleFunction values, int from, int to)
      throws IOException {
    Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
    Levels levels = new Levels(column);
    ByteBuffer plain =
        ByteBuffer.allocate((to - from) * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = from; row < to; row++) {
      double value = values.applyAsDouble(row);
      if (levels.add(!Double.isNaN(value), statistics)) {
        plain.putDouble(value);
        statistics.updateStats(value);
      }
    }
    BytesInput body = BytesInput.concat(levels.bytes(), BytesInput.from(plain.flip()));
    writePage(to - from, body, Encoding.PLAIN, statistics);
  }

  /** Which rows of a page of an optional column have a value. */
  private static final class Levels {
    private final boolean optional;
    private final RunLengthBitPackingHybridValuesWriter present =
        new RunLengthBitPackingHybridValuesWriter(
            1, LEVEL_SLAB_BYTES, PAGE_BYTES, HeapByteBufferAllocator.getInstance());

    Levels(ColumnDescriptor column) {
      this.optional = column.getMaxDefinitionLevel() > 0;
    }

    /** Tells whether the row's value is to be written. */
    boolean add(boolean valued, Statistics<?> statistics) {
      if (optional) {
        present.writeInteger(valued ? 1 : 0);
        if (!valued) {
          statistics.incrementNumNulls();
        }
      }
      return valued || !optional;
    }

    BytesInput bytes() {
      return optional ? present.getBytes() : BytesInput.empty();
    }
  }

  private void writePage(int rows, BytesInput body, Encoding encoding, Statistics<?> statistics)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(body.size()));
    body.writeAllTo(bytes);
    byte[] plain = bytes.toByteArray();
    file.writeDataPage(
        rows,
        plain.length,
        BytesInput.from(zstd.compress(plain)),
        statistics,
        rows,
        Encoding.RLE,
        Encoding.RLE,
        encoding);
  }

  @Override
  public void close() throws IOException {
    try (zstd) {
      file.close();
    }
  }
}
