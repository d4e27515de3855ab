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

  /** What the catalog holds in a column: nothing, a number, a text or bytes. */
  Seal addValue(@Nullable Object value) {
    return switch (value) {
      case null -> add(0);
      case String text -> add(1).add(text);
      case byte[] bytes -> {
        add(2).add(bytes.length);
        checksum.update(bytes);
        yield this;
      }
      case Double number -> add(3).add((double) number);
      case Number number -> add(4).add(number.longValue());
      default -> throw new IllegalArgumentException("no value of the catalog: " + value.getClass());
    };
  }

  long value() {
    return checksum.getValue();
  }
}
