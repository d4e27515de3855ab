package com.alphaxiii.polygon.store;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;

/**
 * One column of a row group of a part file.
 *
 * @param file all bytes of the file
 * @param column its place in {@link PartSchema}
 * @param start where its pages lie, in bytes
 * @param end and where they end
 * @param row the place of its first row among the rows of all files
 */
record PartChunk(byte[] file, int column, int start, int end, int row, int rows) {
  /** The columns in their order. */
  static final List<String> COLUMNS =
      List.of(
          PartSchema.TIMESTAMP,
          PartSchema.OPEN,
          PartSchema.HIGH,
          PartSchema.LOW,
          PartSchema.CLOSE,
          PartSchema.VOLUME,
          PartSchema.VWAP,
          PartSchema.TRANSACTIONS);

  /** Whether the column holds whole numbers, and else doubles. */
  boolean isWhole() {
    return isWhole(column);
  }

  /** Whether rows may lack a value. */
  boolean isOptional() {
    return isOptional(column);
  }

  private static boolean isWhole(int column) {
    return column == 0 || column == COLUMNS.size() - 1;
  }

  private static boolean isOptional(int column) {
    return column >= COLUMNS.size() - 2;
  }

  /** Whether a file has the columns that {@link PartWriter} writes, and no other. */
  static boolean isUsual(FileMetaData footer) {
    List<SchemaElement> schema = footer.getSchema();
    if (schema == null || schema.size() != COLUMNS.size() + 1) {
      return false;
    }
    for (int column = 0; column < COLUMNS.size(); column++) {
      SchemaElement element = schema.get(column + 1);
      if (!COLUMNS.get(column).equals(element.getName())
          || element.getType() != (isWhole(column) ? Type.INT64 : Type.DOUBLE)
          || element.getRepetition_type()
              != (isOptional(column)
                  ? FieldRepetitionType.OPTIONAL
                  : FieldRepetitionType.REQUIRED)) {
        return false;
      }
    }
    LogicalType start = schema.get(1).getLogicalType();
    if (start == null || !start.isSetTIMESTAMP()) {
      return false;
    }
    TimeUnit unit = start.getTIMESTAMP().getUnit();
    return unit != null && unit.isSetMILLIS();
  }

  /**
   * The columns of a row group; empty when they lie otherwise than {@link PartWriter} puts them.
   *
   * @param row the place of its first row
   */
  static Optional<List<PartChunk>> of(byte[] file, RowGroup group, int row) {
    List<ColumnChunk> columns = group.getColumns();
    if (columns == null || columns.size() != COLUMNS.size()) {
      return Optional.empty();
    }
    PartChunk[] chunks = new PartChunk[COLUMNS.size()];
    for (int column = 0; column < chunks.length; column++) {
      ColumnMetaData data = columns.get(column).getMeta_data();
      if (data == null
          || data.getCodec() != CompressionCodec.ZSTD
          || data.isSetDictionary_page_offset()
          || data.getNum_values() != group.getNum_rows()) {
        return Optional.empty();
      }
      int start = Math.toIntExact(data.getData_page_offset());
      int end = Math.toIntExact(start + data.getTotal_compressed_size());
      chunks[column] =
          new PartChunk(file, column, start, end, row, Math.toIntExact(group.getNum_rows()));
    }
    return Optional.of(List.of(chunks));
  }
}
