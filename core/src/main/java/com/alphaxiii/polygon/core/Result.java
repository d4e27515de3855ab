package com.alphaxiii.polygon.core;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What became of one of several independent calls: a value, or the error that one ended with; use
 * it in a switch, or {@link #get} and {@link #find}.
 */
public sealed interface Result<T> {
  /** It succeeded. */
  record Success<T>(T value) implements Result<T> {}

  /** It failed; the others were not affected. */
  record Failure<T>(PolygonException error) implements Result<T> {}

  /** The outcome of a call. */
  static <T> Result<T> of(Supplier<T> call) {
    try {
      return new Success<>(call.get());
    } catch (PolygonException e) {
      return new Failure<>(e);
    }
  }

  /** The value; throws the error if there is none. */
  default T get() {
    return switch (this) {
      case Success<T>(T value) -> value;
      case Failure<T>(PolygonException error) -> throw error;
    };
  }

  /** The value, or empty after a failure. */
  default Optional<T> find() {
    return this instanceof Success<T>(T value) ? Optional.of(value) : Optional.empty();
  }
}
