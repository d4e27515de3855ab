package com.alphaxiii.polygon.store;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/**
 * Decodes the pages that {@link PartWriter} writes, straight to where the rows belong. What it
 * needs for that is kept from one chunk to the next. For one thread at a time.
 */
final class ChunkDecoder implements AutoCloseable {
  private static final ValueLayout.OfDouble DOUBLES =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Far more than a page has, so that a wrong header asks for no memory. */
  private static final int MOST_PAGE_BYTES = 1 << 24;

  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private byte[] page = new byte[0];
  private double[] doubles = new double[0];
  private long[] longs = new long[0];

  /** A file that is well, but not written as {@link PartWriter} does. */
  static final class Unusual extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusual(String what) {
      super(what);
    }
  }

  /** Fills a chunk's rows into its column. */
  void decode(PartChunk chunk, long[][] wholes, double[][] numbers) {
    int at = chunk.start();
    int row = chunk.row();
    int end = row + chunk.rows();
    while (row < end) {
      var in = new ByteArrayInputStream(chunk.file(), at, chunk.end() - at);
      PageHeader header = header(in);
      DataPageHeader data = header.getData_page_header();
      Encoding encoding = chunk.isWhole() ? Encoding.DELTA_BINARY_PACKED : Encoding.PLAIN;
      if (data == null
          || header.getType() != PageType.DATA_PAGE
          || data.getEncoding() != encoding) {
        throw new Unusual("a page of another kind");
      }
      int rows = data.getNum_values();
      if (rows <= 0 || rows > end - row) {
        throw new IllegalArgumentException("a page with %d rows of %d".formatted(rows, end - row));
      }
      int body = chunk.end() - in.available();
      int length = unpack(chunk, body, header);
      if (chunk.isWhole()) {
        wholes(chunk, length, wholes[chunk.column()], row, rows);
      } else {
        doubles(chunk, length, numbers[chunk.column()], row, rows);
      }
      row += rows;
      at = body + header.getCompressed_page_size();
    }
  }

  private static PageHeader header(ByteArrayInputStream in) {
    try {
      return Util.readPageHeader(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("a page without a header", e);
    }
  }

  /** The page without its compression; returns its length. */
  private int unpack(PartChunk chunk, int body, PageHeader header) {
    int length = header.getUncompressed_page_size();
    int packed = header.getCompressed_page_size();
    if (length < 0 || length > MOST_PAGE_BYTES || packed < 0 || packed > chunk.end() - body) {
      throw new IllegalArgumentException("a page of %d bytes".formatted(length));
    }
    if (page.length < length + DeltaLongs.PADDING) {
      page = new byte[length + DeltaLongs.PADDING];
    }
    int found = zstd.decompressByteArray(page, 0, length, chunk.file(), body, packed);
    if (found != length) {
      throw new IllegalArgumentException("a page of %d bytes has %d".formatted(length, found));
    }
    return length;
  }

  private void wholes(PartChunk chunk, int length, long[] target, int row, int rows) {
    if (!chunk.isOptional()) {
      DeltaLongs.decode(page, 0, length, target, row, rows);
      return;
    }
    Presence present = Presence.read(page, length, rows);
    if (present.everywhere()) {
      DeltaLongs.decode(page, present.end(), length, target, row, rows);
      return;
    }
    if (longs.length < present.count()) {
      longs = new long[rows];
    }
    DeltaLongs.decode(page, present.end(), length, longs, 0, present.count());
    int next = 0;
    for (int i = 0; i < rows; i++) {
      target[row + i] = present.rows()[i] ? longs[next++] : -1;
    }
  }

  private void doubles(PartChunk chunk, int length, double[] target, int row, int rows) {
    if (!chunk.isOptional()) {
      copy(0, length, target, row, rows);
      return;
    }
    Presence present = Presence.read(page, length, rows);
    if (present.everywhere()) {
      copy(present.end(), length, target, row, rows);
      return;
    }
    if (doubles.length < present.count()) {
      doubles = new double[rows];
    }
    copy(present.end(), length, doubles, 0, present.count());
    int next = 0;
    for (int i = 0; i < rows; i++) {
      target[row + i] = present.rows()[i] ? doubles[next++] : Double.NaN;
    }
  }

  private void copy(int from, int length, double[] target, int row, int rows) {
    if (length - from != rows * Double.BYTES) {
      throw new IllegalArgumentException("%d bytes for %d doubles".formatted(length - from, rows));
    }
    MemorySegment.copy(MemorySegment.ofArray(page), DOUBLES, from, target, row, rows);
  }

  @Override
  public void close() {
    zstd.close();
  }
}
