package com.alphaxiii.polygon.columnar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes what Parquet's metadata is written in, Thrift's compact protocol. */
final class CompactThrift {
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int SHORT_LIST = 15;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Deque<Integer> outer = new ArrayDeque<>();

  /** The field of this struct that was written last. */
  private int last;

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void field(int id, int type) {
    out.write((id - last) << 4 | type);
    last = id;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  CompactThrift i32(int id, int value) {
    field(id, I32);
    zigzag(value);
    return this;
  }

  CompactThrift i64(int id, long value) {
    field(id, I64);
    zigzag(value);
    return this;
  }

  CompactThrift bool(int id, boolean value) {
    field(id, value ? TRUE : FALSE);
    return this;
  }

  CompactThrift text(int id, String value) {
    return binary(id, value.getBytes(StandardCharsets.UTF_8));
  }

  CompactThrift binary(int id, byte[] value) {
    field(id, BINARY);
    return element(value);
  }

  /** Begins a field that is a struct. */
  CompactThrift struct(int id) {
    field(id, STRUCT);
    return element();
  }

  /** Begins a struct that is the element of a list. */
  CompactThrift element() {
    outer.push(last);
    last = 0;
    return this;
  }

  /** Ends a struct. */
  CompactThrift end() {
    out.write(0);
    last = outer.isEmpty() ? 0 : outer.pop();
    return this;
  }

  /** A struct without fields. */
  CompactThrift mark(int id) {
    return struct(id).end();
  }

  /** Begins a list of structs, which must follow. */
  CompactThrift structs(int id, int size) {
    return list(id, size, STRUCT);
  }

  CompactThrift texts(int id, String... values) {
    list(id, values.length, BINARY);
    for (String value : values) {
      element(value.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  CompactThrift i32s(int id, int... values) {
    list(id, values.length, I32);
    for (int value : values) {
      zigzag(value);
    }
    return this;
  }

  private CompactThrift list(int id, int size, int type) {
    field(id, LIST);
    if (size < SHORT_LIST) {
      out.write(size << 4 | type);
    } else {
      out.write(SHORT_LIST << 4 | type);
      varint(size);
    }
    return this;
  }

  private CompactThrift element(byte[] value) {
    varint(value.length);
    out.writeBytes(value);
    return this;
  }
}
