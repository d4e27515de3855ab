package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One {@link Ticker} for each symbol seen, so that a symbol is checked once and not per event. It
 * is found by the bytes of the symbol, without making a text of them.
 */
final class TickerCache {
  /** A symbol that was seen; bytes 0 to 7 are its word, with zeros behind a shorter one. */
  private record Entry(long word, byte[] symbol, Ticker ticker) {}

  private static final int FIRST_SLOTS = 1 << 10;

  private final int capacity;
  private final Function<String, Ticker> spelling;

  // Open addressing, at most half full.
  private @Nullable Entry[] slots = new Entry[FIRST_SLOTS];
  private int size;

  /**
   * A cache that is emptied when it is full.
   *
   * @param spelling makes the ticker of a symbol, or throws
   */
  TickerCache(int capacity, Function<String, Ticker> spelling) {
    this.capacity = capacity;
    this.spelling = spelling;
  }

  /** The ticker of a symbol; throws what the spelling throws for one that is none. */
  Ticker get(String symbol) {
    if (symbol.indexOf('\0') >= 0) {
      // Its word would be that of a shorter symbol.
      return spelling.apply(symbol);
    }
    byte[] bytes = symbol.getBytes(StandardCharsets.UTF_8);
    return get(Arrays.copyOf(bytes, bytes.length + Long.BYTES), 0, bytes.length);
  }

  /** The same for a symbol that lies in an array, with at least eight bytes behind its start. */
  Ticker get(byte[] bytes, int offset, int length) {
    long word = Words.first(Words.at(bytes, offset), Math.min(length, Long.BYTES));
    int slot = slot(word, bytes, offset, length, slots.length - 1);
    for (Entry entry = slots[slot]; entry != null; entry = slots[slot]) {
      if (entry.word == word
          && (length <= Long.BYTES || rest(entry.symbol, bytes, offset, length))) {
        return entry.ticker;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    byte[] symbol = Arrays.copyOfRange(bytes, offset, offset + length);
    Ticker ticker = spelling.apply(new String(symbol, StandardCharsets.UTF_8));
    add(new Entry(word, symbol, ticker));
    return ticker;
  }

  private static boolean rest(byte[] symbol, byte[] bytes, int offset, int length) {
    return Arrays.equals(symbol, 0, symbol.length, bytes, offset, offset + length);
  }

  private void add(Entry entry) {
    if (size >= capacity) {
      slots = new Entry[FIRST_SLOTS];
      size = 0;
    } else if (2 * size >= slots.length) {
      @Nullable Entry[] old = slots;
      slots = new Entry[2 * old.length];
      for (Entry moved : old) {
        if (moved != null) {
          put(moved);
        }
      }
    }
    put(entry);
    size++;
  }

  private void put(Entry entry) {
    byte[] padded = Arrays.copyOf(entry.symbol, entry.symbol.length + Long.BYTES);
    int slot = slot(entry.word, padded, 0, entry.symbol.length, slots.length - 1);
    while (slots[slot] != null) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = entry;
  }

  /** Of a long symbol the end counts as well: options differ there. */
  private static int slot(long word, byte[] bytes, int offset, int length, int mask) {
    long hash = word * 0x9E37_79B9_7F4A_7C15L;
    for (int at = 8; at < length; at += 8) {
      int from = Math.min(at, length - 8);
      hash = (hash ^ Words.at(bytes, offset + from)) * 0x9E37_79B9_7F4A_7C15L;
    }
    return (int) (hash >>> 32) & mask;
  }
}
