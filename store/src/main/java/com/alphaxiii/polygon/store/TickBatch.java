package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Conditions;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/** Some rows, column by column; what was given to {@link TickCells} comes back here. */
interface TickBatch {
  IntToDoubleFunction real(String name);

  IntUnaryOperator code(String name);

  IntPredicate flag(String name);

  IntToLongFunction number(String name);

  IntToLongFunction numberOrZero(String name);

  IntFunction<String> textOrEmpty(String name);

  IntFunction<Conditions> codes(String name);

  IntFunction<double[]> reals(String name);
}
