package com.alphaxiii.polygon.client;

import java.time.LocalDate;

/**
 * One of the vendor's flat files: a dataset's rows of one day.
 *
 * @param dataset what kind of rows it holds
 * @param day of the market: in New York, but in UTC for crypto
 * @param fingerprint changes when the vendor issues the file again: an ETag, or size and time
 * @param bytes as it lies there, compressed or not
 * @param gzip whether it is compressed
 */
public record FlatFile(
    FlatFileDataset dataset, LocalDate day, String fingerprint, long bytes, boolean gzip)
    implements Comparable<FlatFile> {
  /** Its key at the vendor: {@code us_stocks_sip/minute_aggs_v1/2024/01/2024-01-02.csv.gz}. */
  public String key() {
    return dataset.folder(day) + day + (gzip ? ".csv.gz" : ".csv");
  }

  @Override
  public int compareTo(FlatFile other) {
    return key().compareTo(other.key());
  }

  @Override
  public String toString() {
    return key();
  }
}
