package com.alphaxiii.polygon.store;

import org.jspecify.annotations.Nullable;

/**
 * What the catalog knows of a part.
 *
 * <p>A file is replaced before the catalog can know of it, so its next look is announced first:
 * after a crash in between, the file is one of the two. The next file always holds all committed
 * rows.
 *
 * @param rows how many bars it held when the catalog was last told
 * @param committed how the file looked then
 * @param announced how it looks once the write in progress has replaced it; null when none is
 */
record Part(PartKey key, int rows, Fingerprint committed, @Nullable Fingerprint announced) {
  /** A part that the catalog has not heard of. */
  static Part unknown(PartKey key) {
    return new Part(key, 0, Fingerprint.NO_FILE, null);
  }

  /** Whether there is a file, or soon will be. */
  boolean hasFile() {
    return committed.isFile() || announced != null;
  }

  boolean mayBe(Fingerprint found) {
    return found.equals(committed) || found.equals(announced);
  }

  boolean mayHave(long bytes) {
    return bytes == committed.bytes() || (announced != null && bytes == announced.bytes());
  }
}
