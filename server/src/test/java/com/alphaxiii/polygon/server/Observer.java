package com.alphaxiii.polygon.server;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32C;

/**
 * A client that reads all the time, on a thread of its own, and holds that the trades it gets are
 * numbered without a hole. It knows when each was published, and so how old it came.
 */
final class Observer implements AutoCloseable {
  private static final byte[] ID = "\"trade_id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int BUFFER = 1 << 18;

  /** When each of the last trades was published, by its number, ns. */
  static final class Timetable {
    private final AtomicLongArray times = new AtomicLongArray(1 << 20);

    void published(long number) {
      times.set((int) number & (times.length() - 1), System.nanoTime());
    }

    private long age(long number) {
      return System.nanoTime() - times.get((int) number & (times.length() - 1));
    }
  }

  private final RawClient client;
  private final Timetable timetable;
  private final CRC32C digest = new CRC32C();
  private final CompletableFuture<Void> end;
  private volatile LatencyHistogram ages = new LatencyHistogram();
  private volatile long next;

  /** Connects, subscribes and begins to read; the first trade to come has the number 0. */
  Observer(int port, String id, String symbols, Timetable timetable) {
    this.timetable = timetable;
    client = new RawClient(port, "/ws/" + id, BUFFER);
    client.send(
        "{\"action\":\"subscribe\",\"symbols\":%s,\"channels\":[\"T\"]}".formatted(symbols));
    client.next("\"subscribed\"");
    end = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name(id).start(this::read);
  }

  private void read() {
    try {
      for (byte[] message = client.nextBytes(); message != null; message = client.nextBytes()) {
        take(message);
      }
      end.complete(null);
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
  }

  private void take(byte[] message) {
    long number = number(message);
    if (number < 0) {
      throw new AssertionError("no trade: " + new String(message, StandardCharsets.UTF_8));
    }
    if (number != next) {
      throw new AssertionError("trade %d came in place of %d".formatted(number, next));
    }
    ages.record(timetable.age(number), 0);
    digest.update(message);
    next = number + 1;
  }

  private static long number(byte[] message) {
    for (int i = message.length - ID.length - 1; i >= 0; i--) {
      if (message[i] == ID[0]
          && java.util.Arrays.equals(message, i, i + ID.length, ID, 0, ID.length)) {
        long number = 0;
        for (int at = i + ID.length; message[at] != '"'; at++) {
          number = 10 * number + message[at] - '0';
        }
        return number;
      }
    }
    return -1;
  }

  /** Waits until so many trades have come, each in its place. */
  void await(long count) {
    Await.until(
        "%d trades, of which %d have come".formatted(count, next),
        () -> {
          if (end.isCompletedExceptionally()) {
            end.join();
          }
          return next >= count;
        });
  }

  /** A checksum of all bytes that have come, in their order; for who has awaited them. */
  long digest() {
    return digest.getValue();
  }

  /** How old trades were when they were read, since this was last asked. */
  LatencyHistogram.Recent ages() {
    LatencyHistogram.Recent recent = new LatencyHistogram.Recent();
    recent.add(ages, 0);
    ages = new LatencyHistogram();
    return recent;
  }

  @Override
  public void close() {
    client.close();
  }
}
