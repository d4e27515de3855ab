package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Bars;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Reads part files exactly as {@link PartWriter} writes them, all of their rows, straight into the
 * columns of the answer; columns of long answers by several threads. Files of any other shape are
 * left to whoever can read them. Safe for use by many threads.
 */
final class PlainParts implements AutoCloseable {
  /** Fewer rows are decoded before helpers have begun. */
  private static final int WORTH_HELP = 50_000;

  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final int TAIL = Integer.BYTES + MAGIC.length;

  private final Crew crew;
  private volatile boolean closed;
  private final BlockingQueue<ChunkDecoder> idle;

  /**
   * @param crew decodes long answers
   * @param processors so many decoders are kept
   */
  PlainParts(Crew crew, int processors) {
    this.crew = crew;
    this.idle = new ArrayBlockingQueue<>(processors);
  }

  /**
   * All bars of files, one after the other.
   *
   * @param files whole files of the series, in order of time
   * @return empty when a file is not as {@link PartWriter} writes them
   * @throws RuntimeException when a file contradicts itself
   */
  Optional<Bars> read(Series series, List<byte[]> files) {
    List<PartChunk> chunks = new ArrayList<>();
    int rows = 0;
    for (byte[] file : files) {
      FileMetaData footer = footer(file);
      if (!PartChunk.isUsual(footer)) {
        return Optional.empty();
      }
      List<RowGroup> groups = footer.getRow_groups();
      if (groups == null) {
        return Optional.empty();
      }
      for (RowGroup group : groups) {
        Optional<List<PartChunk>> columns = PartChunk.of(file, group, rows);
        if (columns.isEmpty()) {
          return Optional.empty();
        }
        chunks.addAll(columns.get());
        rows = Math.addExact(rows, Math.toIntExact(group.getNum_rows()));
      }
    }
    try {
      return Optional.of(decoded(series, chunks, rows));
    } catch (ChunkDecoder.Unusual e) {
      return Optional.empty();
    }
  }

  private static FileMetaData footer(byte[] file) {
    ByteBuffer tail = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = tail.getInt(file.length - TAIL);
    try (var in = new ByteArrayInputStream(file, file.length - TAIL - length, length)) {
      return Util.readFileMetaData(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("a file without a footer", e);
    }
  }

  private Bars decoded(Series series, List<PartChunk> chunks, int rows) {
    int columns = PartChunk.COLUMNS.size();
    long[][] wholes = new long[columns][];
    double[][] numbers = new double[columns][];
    wholes[0] = new long[rows];
    for (int column = 1; column < columns - 1; column++) {
      numbers[column] = new double[rows];
    }
    wholes[columns - 1] = new long[rows];
    if (rows < WORTH_HELP) {
      chunks.forEach(chunk -> decode(chunk, wholes, numbers));
    } else {
      crew.each(chunks, chunk -> decode(chunk, wholes, numbers));
    }
    return Bars.ofColumns(
        series.ticker(),
        series.base(),
        wholes[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        wholes[7]);
  }

  private void decode(PartChunk chunk, long[][] wholes, double[][] numbers) {
    ChunkDecoder known = idle.poll();
    ChunkDecoder decoder = known == null ? new ChunkDecoder() : known;
    try {
      decoder.decode(chunk, wholes, numbers);
    } finally {
      if (!idle.offer(decoder)) {
        decoder.close();
      }
      if (closed) {
        close();
      }
    }
  }

  /** Lets go of what is kept; what is read at the same time is not disturbed. */
  @Override
  public void close() {
    closed = true;
    for (ChunkDecoder decoder = idle.poll(); decoder != null; decoder = idle.poll()) {
      decoder.close();
    }
  }
}
