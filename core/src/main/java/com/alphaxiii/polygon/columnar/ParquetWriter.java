package com.alphaxiii.polygon.columnar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Writes a table as a Parquet file to a stream: a row group for each batch, a page for each column
 * of it, numbers as they are. Nothing is compressed, since the reader is near and waits.
 */
public final class ParquetWriter {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  // Of the format's enumerations.
  private static final int DATA_PAGE = 0;
  private static final int PLAIN = 0;
  private static final int RLE = 3;

  private final LittleEndian out;
  private final Table table;
  private final List<ParquetFooter.RowGroup> groups = new ArrayList<>();

  private ParquetWriter(OutputStream out, Table table) {
    this.out = new LittleEndian(out);
    this.table = table;
  }

  /**
   * Writes the whole file.
   *
   * @throws IOException when {@code out} fails
   */
  public static void write(OutputStream out, Table table) throws IOException {
    ParquetWriter writer = new ParquetWriter(out, table);
    writer.out.bytes(MAGIC);
    Iterator<Table.Batch> batches = table.batches();
    while (batches.hasNext()) {
      writer.group(batches.next());
    }
    byte[] footer = ParquetFooter.of(table.columns(), writer.groups);
    writer.out.bytes(footer);
    writer.out.integer(footer.length);
    writer.out.bytes(MAGIC);
    writer.out.flush();
  }

  private void group(Table.Batch batch) throws IOException {
    List<ParquetFooter.Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < batch.cells().size(); i++) {
      chunks.add(chunk(table.columns().get(i), batch.cells().get(i), batch.rows()));
    }
    groups.add(new ParquetFooter.RowGroup(batch.rows(), chunks));
  }

  private ParquetFooter.Chunk chunk(Column column, Cells cells, int rows) throws IOException {
    byte[] levels = levels(column, cells, rows);
    int values = values(cells, rows);
    int bytes = Math.toIntExact(levels.length + bytes(cells, rows));
    byte[] header =
        new CompactThrift()
            .i32(1, DATA_PAGE)
            .i32(2, bytes)
            .i32(3, bytes)
            .struct(5)
            .i32(1, values)
            .i32(2, PLAIN)
            .i32(3, RLE)
            .i32(4, RLE)
            .end()
            .end()
            .toBytes();
    long begin = out.position();
    out.bytes(header);
    out.bytes(levels);
    plain(cells, rows);
    return new ParquetFooter.Chunk(
        begin, out.position() - begin, values, ParquetFooter.Bounds.of(column, cells, rows));
  }

  private static byte[] levels(Column column, Cells cells, int rows) {
    if (cells instanceof Cells.IntLists lists) {
      return ListLevels.of(lists, rows);
    }
    return column.nullable() ? Levels.of(cells.valid(), rows) : new byte[0];
  }

  /** An empty list counts as one, too. */
  private static int values(Cells cells, int rows) {
    return cells instanceof Cells.IntLists lists ? ListLevels.count(lists, rows) : rows;
  }

  private static long bytes(Cells cells, int rows) {
    long present = rows - cells.valid().absent();
    return switch (cells) {
      case Cells.Longs longs -> present * Long.BYTES;
      case Cells.Ints ints -> present * Integer.BYTES;
      case Cells.Doubles doubles -> present * Double.BYTES;
      case Cells.Texts texts -> present * Integer.BYTES + texts.ends()[rows];
      case Cells.IntLists lists -> (long) lists.ends()[rows] * Integer.BYTES;
    };
  }

  private void plain(Cells cells, int rows) throws IOException {
    boolean all = cells.valid().absent() == 0;
    switch (cells) {
      case Cells.Longs longs when all -> out.longs(longs.values(), longs.from(), rows);
      case Cells.Ints ints when all -> out.ints(ints.values(), ints.from(), rows);
      case Cells.Doubles doubles when all -> out.doubles(doubles.values(), doubles.from(), rows);
      case Cells.IntLists lists -> out.ints(lists.values(), 0, lists.ends()[rows]);
      default -> present(cells, rows);
    }
  }

  /** One by one, without the absent ones. */
  private void present(Cells cells, int rows) throws IOException {
    for (int row = 0; row < rows; row++) {
      if (cells.valid().has(row)) {
        switch (cells) {
          case Cells.Longs longs -> out.longValue(longs.values()[longs.from() + row]);
          case Cells.Ints ints -> out.integer(ints.values()[ints.from() + row]);
          case Cells.Doubles doubles -> out.doubleValue(doubles.values()[doubles.from() + row]);
          case Cells.Texts texts -> {
            int from = texts.ends()[row];
            int length = texts.ends()[row + 1] - from;
            out.integer(length);
            out.bytes(texts.utf8(), from, length);
          }
          case Cells.IntLists lists -> throw new IllegalStateException("lists have no absent ones");
        }
      }
    }
  }
}
