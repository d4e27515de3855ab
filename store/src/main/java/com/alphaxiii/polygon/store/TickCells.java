package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;

/** Takes the values of one row after the other, column by column from the first to the last. */
interface TickCells {
  void real(double value);

  void code(int value);

  void flag(boolean value);

  void number(long value);

  /** A time or number of an optional column; zero is what was not sent. */
  void numberUnlessZero(long value);

  /** A text of an optional column; the empty one is what was not sent. */
  void textUnlessEmpty(String value);

  void codes(Conditions conditions);

  void reals(double[] values);
}
