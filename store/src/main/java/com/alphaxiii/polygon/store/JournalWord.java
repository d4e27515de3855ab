package com.alphaxiii.polygon.store;

/** What a journal says of the recording itself. The code stands in journals: keep it. */
enum JournalWord {
  /** A session begins; its topics, with blanks between. */
  BEGIN(101),
  /** A market's connection works and all is asked for; the market's path. */
  CONNECTED(102),
  /** It does not; the market's path, or nothing for all. */
  DISCONNECTED(103),
  /** The feed told a gap; the vendor's times in Unix ns, and the topics. */
  GAP(104),
  /** Events found no room; how many, from when to when in Unix ns, and why. */
  LOST(105),
  /** Nothing, but the recorder was alive. */
  ALIVE(106),
  /** The session ends; why. */
  END(107);

  private final int code;

  JournalWord(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Whether an entry is this word. */
  boolean is(JournalEntry entry) {
    return entry.code() == code;
  }
}
