package com.alphaxiii.polygon.store;

import java.nio.ByteBuffer;

/**
 * One thing of a journal: an event, or word about the recording itself.
 *
 * @param code of a {@link RecordedKind} or a {@link JournalWord}
 * @param arrival its place in the session
 * @param time the vendor's time of an event, Unix ns; of a word the time it was written
 * @param received when it was taken from the feed, Unix ns
 * @param text an event's symbol, or what a word says
 * @param row an event's values
 */
record JournalEntry(int code, long arrival, long time, long received, String text, ByteBuffer row) {
  /** What a frame holds; the values are a view of its bytes. */
  static JournalEntry of(ByteBuffer frame) {
    return new JournalEntry(
        Byte.toUnsignedInt(frame.get()),
        frame.getLong(),
        frame.getLong(),
        frame.getLong(),
        JournalBatch.text(frame),
        frame);
  }

  boolean isEvent() {
    return RecordedKind.exists(code);
  }
}
