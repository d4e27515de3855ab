package com.alphaxiii.polygon.store;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainDoubleDictionaryValuesWriter;
import org.apache.parquet.column.values.dictionary.DictionaryValuesWriter.PlainIntegerDictionaryValuesWriter;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.column.values.fallback.FallbackValuesWriter;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import org.apache.parquet.column.values.plain.PlainValuesWriter;

/**
 * The encoding of each type of column of a tick file: differences for times and numbers that grow,
 * common beginnings for ids, and a dictionary for prices, sizes and codes, which come again and
 * again.
 */
final class TickEncodings implements ValuesWriterFactory {
  private static final int SLAB_BYTES = 64 * 1024;

  private ParquetProperties properties = ParquetProperties.builder().build();

  @Override
  public void initialize(ParquetProperties properties) {
    this.properties = properties;
  }

  @Override
  public ValuesWriter newValuesWriter(ColumnDescriptor column) {
    int page = properties.getPageSizeThreshold();
    var allocator = properties.getAllocator();
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case INT64 -> new DeltaBinaryPackingValuesWriterForLong(SLAB_BYTES, page, allocator);
      case BINARY -> new DeltaByteArrayWriter(SLAB_BYTES, page, allocator);
      case DOUBLE ->
          orPlain(
              new PlainDoubleDictionaryValuesWriter(
                  properties.getDictionaryPageSizeThreshold(),
                  Encoding.PLAIN_DICTIONARY,
                  Encoding.PLAIN_DICTIONARY,
                  allocator));
      case INT32 ->
          orPlain(
              new PlainIntegerDictionaryValuesWriter(
                  properties.getDictionaryPageSizeThreshold(),
                  Encoding.PLAIN_DICTIONARY,
                  Encoding.PLAIN_DICTIONARY,
                  allocator));
      case BOOLEAN -> new BooleanPlainValuesWriter();
      default -> throw new IllegalArgumentException("no tick has a column such as " + column);
    };
  }

  private ValuesWriter orPlain(DictionaryValuesWriter dictionary) {
    return FallbackValuesWriter.of(
        dictionary,
        new PlainValuesWriter(
            SLAB_BYTES, properties.getPageSizeThreshold(), properties.getAllocator()));
  }
}
