package com.alphaxiii.polygon.store;

import java.util.zip.CRC32C;

/**
 * What a file must look like to be the one that was written.
 *
 * @param bytes its size; 0 = there is no file
 * @param checksum CRC-32C of all of it
 */
record Fingerprint(long bytes, long checksum) {
  /** A part without rows that never had any needs no file. */
  static final Fingerprint NO_FILE = new Fingerprint(0, 0);

  static Fingerprint of(byte[] content) {
    CRC32C checksum = new CRC32C();
    checksum.update(content);
    return new Fingerprint(content.length, checksum.getValue());
  }

  boolean isFile() {
    return bytes > 0;
  }
}
