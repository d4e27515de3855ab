package com.alphaxiii.polygon.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of finished history that were asked for more than once: what is drawn again and again is
 * written once. A key names all that a body is made of, so that nothing here can be out of date.
 * Bounded; those not asked for longest go first.
 *
 * @param <K> keys
 */
final class KeptBodies<K> implements AutoCloseable {
  /** Of as much as the largest heap, so much may be kept; outside of the heap. */
  private static final int SHARE_OF_HEAP = 16;

  /** No body may take more than half of that. */
  private static final int LARGEST_SHARE = 2;

  /** Room for the compressed form, too, and for the key. */
  private static final double WEIGHT = 1.25;

  private static final int KEY_BYTES = 512;

  /** Questions remembered as asked once. */
  private static final int ASKED_ONCE = 4_096;

  /** Bodies that are being made to be kept; others are sent as they come, in bounded memory. */
  private static final int MADE_AT_ONCE = 2;

  private final long most;
  private final Semaphore making = new Semaphore(MADE_AT_ONCE);
  private final Map<K, KeptBody> bodies = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<K, Boolean> askedOnce =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Boolean> eldest) {
          return size() > ASKED_ONCE;
        }
      };
  private long weight;
  private boolean closed;

  /** Keeps so many bytes at most. */
  KeptBodies(long most) {
    this.most = most;
  }

  /** A sixteenth of the largest heap. */
  static <K> KeptBodies<K> ofHeap() {
    return new KeptBodies<>(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /**
   * The body kept, or one to keep from now on, or the given one.
   *
   * @param expectedBytes about how long it will be
   */
  Answer.Body body(K key, long expectedBytes, Answer.Body made) {
    if (expectedBytes * WEIGHT > most / LARGEST_SHARE) {
      return made;
    }
    synchronized (this) {
      KeptBody kept = bodies.get(key);
      if (kept != null) {
        return kept;
      }
      if (askedOnce.put(key, true) == null) {
        return made;
      }
    }
    if (!making.tryAcquire()) {
      return made;
    }
    ByteBuf bytes = Unpooled.directBuffer((int) expectedBytes);
    try (OutputStream out = new ByteBufOutputStream(bytes)) {
      made.writeTo(out);
      bytes.capacity(bytes.writerIndex());
      KeptBody body = keep(key, new KeptBody(bytes));
      return body == null ? made : body;
    } catch (IOException e) {
      bytes.release();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | Error e) {
      bytes.release();
      throw e;
    } finally {
      making.release();
    }
  }

  /** The body kept from now on, which may have come first; null when nothing is kept any more. */
  private synchronized @Nullable KeptBody keep(K key, KeptBody body) {
    KeptBody before = bodies.get(key);
    if (before != null || closed) {
      body.letGo();
      return before;
    }
    askedOnce.remove(key);
    bodies.put(key, body);
    weight += weight(body);
    var eldest = bodies.values().iterator();
    while (weight > most && eldest.hasNext()) {
      KeptBody old = eldest.next();
      weight -= weight(old);
      eldest.remove();
      old.letGo();
    }
    return body;
  }

  /** Lets all go, and keeps nothing from now on. */
  @Override
  public synchronized void close() {
    closed = true;
    bodies.values().forEach(KeptBody::letGo);
    bodies.clear();
    weight = 0;
  }

  private static long weight(KeptBody body) {
    return (long) (body.length() * WEIGHT) + KEY_BYTES;
  }

  /** Bytes that what is kept may take; for tests. */
  synchronized long weight() {
    return weight;
  }
}
