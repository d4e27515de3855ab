package com.alphaxiii.polygon.columnar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds what Arrow's metadata is written in, FlatBuffers: from the end to the beginning, so that
 * what is referred to is there already. A place is its distance from the end.
 */
final class FlatBuffer {
  private static final int FIRST_BYTES = 1024;

  private ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private int head = FIRST_BYTES;
  private int alignment = 1;
  private int[] fields = {};
  private int tableEnd;

  /** Places of the elements already written. */
  private int place() {
    return bytes.capacity() - head;
  }

  /** Makes room for a value, and before it zeros that align what will follow in front of it. */
  private void prepare(int size, int more) {
    alignment = Math.max(alignment, size);
    int padding = -(place() + more) & (size - 1);
    while (head < padding + size + more) {
      grow();
    }
    head -= padding;
  }

  private void grow() {
    int old = bytes.capacity();
    ByteBuffer larger = ByteBuffer.allocate(2 * old).order(ByteOrder.LITTLE_ENDIAN);
    larger.put(old + head, bytes, head, old - head);
    bytes = larger;
    head += old;
  }

  private void putInt(int value) {
    head -= Integer.BYTES;
    bytes.putInt(head, value);
  }

  private void putLong(long value) {
    head -= Long.BYTES;
    bytes.putLong(head, value);
  }

  private void putShort(int value) {
    prepare(Short.BYTES, 0);
    head -= Short.BYTES;
    bytes.putShort(head, (short) value);
  }

  private void putReference(int place) {
    prepare(Integer.BYTES, 0);
    putInt(place() - place + Integer.BYTES);
  }

  int text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    prepare(Integer.BYTES, utf8.length + 1);
    head -= utf8.length + 1;
    bytes.put(head, utf8);
    putInt(utf8.length);
    return place();
  }

  /** A vector of tables or texts. */
  int references(int[] places) {
    prepare(Integer.BYTES, places.length * Integer.BYTES);
    for (int i = places.length - 1; i >= 0; i--) {
      putReference(places[i]);
    }
    putInt(places.length);
    return place();
  }

  /** A vector of structs that are each so many longs. */
  int structs(long[] values, int longsEach) {
    prepare(Integer.BYTES, values.length * Long.BYTES);
    prepare(Long.BYTES, values.length * Long.BYTES);
    for (int i = values.length - 1; i >= 0; i--) {
      putLong(values[i]);
    }
    putInt(values.length / longsEach);
    return place();
  }

  /** Begins a table, which can hold no other while it is being written. */
  FlatBuffer table(int fieldCount) {
    fields = new int[fieldCount];
    tableEnd = place();
    return this;
  }

  FlatBuffer reference(int field, int place) {
    putReference(place);
    fields[field] = place();
    return this;
  }

  FlatBuffer bool(int field, boolean value) {
    return tiny(field, value ? 1 : 0);
  }

  FlatBuffer tiny(int field, int value) {
    prepare(1, 0);
    bytes.put(--head, (byte) value);
    fields[field] = place();
    return this;
  }

  FlatBuffer small(int field, int value) {
    putShort(value);
    fields[field] = place();
    return this;
  }

  FlatBuffer integer(int field, int value) {
    prepare(Integer.BYTES, 0);
    putInt(value);
    fields[field] = place();
    return this;
  }

  FlatBuffer large(int field, long value) {
    prepare(Long.BYTES, 0);
    putLong(value);
    fields[field] = place();
    return this;
  }

  /** Ends a table and tells its place. */
  int end() {
    prepare(Integer.BYTES, 0);
    putInt(0);
    int table = place();
    for (int i = fields.length - 1; i >= 0; i--) {
      putShort(fields[i] == 0 ? 0 : table - fields[i]);
    }
    putShort(table - tableEnd);
    putShort((fields.length + 2) * Short.BYTES);
    bytes.putInt(bytes.capacity() - table, place() - table);
    return table;
  }

  /** The whole, of which a table is the root; its length is a multiple of 8. */
  byte[] finish(int root) {
    prepare(Math.max(alignment, Long.BYTES), Integer.BYTES);
    putReference(root);
    return Arrays.copyOfRange(bytes.array(), head, bytes.capacity());
  }
}
