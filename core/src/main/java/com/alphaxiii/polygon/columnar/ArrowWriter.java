package com.alphaxiii.polygon.columnar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Writes a table in Arrow's IPC format, as a stream or as a file. Nothing is compressed: a reader
 * takes the columns as they lie.
 */
public final class ArrowWriter {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final int CONTINUATION = -1;
  private static final int PREFIX_BYTES = 8;

  private final LittleEndian out;
  private final Table table;
  private final List<long[]> blocks = new ArrayList<>();

  private ArrowWriter(OutputStream out, Table table) {
    this.out = new LittleEndian(out);
    this.table = table;
  }

  /**
   * Writes a stream ({@code application/vnd.apache.arrow.stream}).
   *
   * @throws IOException when {@code out} fails
   */
  public static void writeStream(OutputStream out, Table table) throws IOException {
    ArrowWriter writer = new ArrowWriter(out, table);
    writer.messages();
    writer.out.flush();
  }

  /**
   * Writes a file (also known as Feather 2), whose batches can be found without reading all.
   *
   * @throws IOException when {@code out} fails
   */
  public static void writeFile(OutputStream out, Table table) throws IOException {
    ArrowWriter writer = new ArrowWriter(out, table);
    writer.out.bytes(MAGIC);
    writer.out.pad();
    writer.messages();
    byte[] footer = ArrowMetadata.footer(table.columns(), writer.blocks);
    writer.out.bytes(footer);
    writer.out.integer(footer.length);
    writer.out.bytes(MAGIC);
    writer.out.flush();
  }

  private void messages() throws IOException {
    prefixed(ArrowMetadata.schemaMessage(table.columns()));
    Iterator<Table.Batch> batches = table.batches();
    while (batches.hasNext()) {
      batch(batches.next());
    }
    out.integer(CONTINUATION);
    out.integer(0);
  }

  private void prefixed(byte[] message) throws IOException {
    out.integer(CONTINUATION);
    out.integer(message.length);
    out.bytes(message);
  }

  private void batch(Table.Batch batch) throws IOException {
    Parts parts = new Parts();
    batch.cells().forEach(cells -> parts.add(cells, batch.rows()));
    byte[] message =
        ArrowMetadata.batchMessage(batch.rows(), parts.nodes(), parts.buffers(), parts.bodyBytes);
    blocks.add(new long[] {out.position(), PREFIX_BYTES + message.length, parts.bodyBytes});
    prefixed(message);
    for (Cells cells : batch.cells()) {
      body(cells, batch.rows());
    }
  }

  private void body(Cells cells, int rows) throws IOException {
    out.bytes(cells.valid().bits());
    out.pad();
    switch (cells) {
      case Cells.Longs longs -> out.longs(longs.values(), longs.from(), rows);
      case Cells.Ints ints -> out.ints(ints.values(), ints.from(), rows);
      case Cells.Doubles doubles -> out.doubles(doubles.values(), doubles.from(), rows);
      case Cells.Texts texts -> {
        out.ints(texts.ends(), 0, rows + 1);
        out.pad();
        out.bytes(texts.utf8(), 0, texts.ends()[rows]);
      }
      case Cells.IntLists lists -> {
        out.ints(lists.ends(), 0, rows + 1);
        out.pad();
        out.ints(lists.values(), 0, lists.ends()[rows]);
      }
    }
    out.pad();
  }

  /** Where the parts of a batch's body will lie. */
  private static final class Parts {
    private final List<Long> nodes = new ArrayList<>();
    private final List<Long> buffers = new ArrayList<>();
    private long bodyBytes;

    void add(Cells cells, int rows) {
      node(rows, cells.valid().absent());
      buffer(cells.valid().bits().length);
      switch (cells) {
        case Cells.Longs longs -> buffer((long) rows * Long.BYTES);
        case Cells.Ints ints -> buffer((long) rows * Integer.BYTES);
        case Cells.Doubles doubles -> buffer((long) rows * Double.BYTES);
        case Cells.Texts texts -> {
          buffer((rows + 1L) * Integer.BYTES);
          buffer(texts.ends()[rows]);
        }
        case Cells.IntLists lists -> {
          buffer((rows + 1L) * Integer.BYTES);
          node(lists.ends()[rows], 0);
          buffer(0);
          buffer((long) lists.ends()[rows] * Integer.BYTES);
        }
      }
    }

    private void node(long length, long absent) {
      nodes.add(length);
      nodes.add(absent);
    }

    private void buffer(long bytes) {
      buffers.add(bodyBytes);
      buffers.add(bytes);
      bodyBytes += (bytes + 7) & ~7L;
    }

    long[] nodes() {
      return nodes.stream().mapToLong(Long::longValue).toArray();
    }

    long[] buffers() {
      return buffers.stream().mapToLong(Long::longValue).toArray();
    }
  }
}
