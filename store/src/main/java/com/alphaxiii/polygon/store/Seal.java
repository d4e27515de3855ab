package com.alphaxiii.polygon.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksum (CRC-32C) of what a row of the catalog says, kept in the row itself, so that a row
 * that was altered by anything but this program is noticed and not believed.
 */
final class Seal {
  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  /** With its length, so that what one text ends with is not what the next begins with. */
  Seal add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    checksum.update(bytes);
    return this;
  }

  Seal add(long value) {
    checksum.update(number.clear().putLong(value).flip());
    return this;
  }

  Seal add(double value) {
    return add(Double.doubleToLongBits(value));
  }

  /** An absent number differs from every present one. */
  Seal addOptional(@Nullable Long value) {
    return value == null ? add(0) : add(1).add((long) value);
  }

  long value() {
    return checksum.getValue();
  }
}
