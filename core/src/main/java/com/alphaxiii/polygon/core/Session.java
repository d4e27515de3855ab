package com.alphaxiii.polygon.core;

import java.util.Locale;
import java.util.Optional;

/** The parts of a US equity trading day: 04:00–09:30, 09:30–16:00, 16:00–20:00 New York time. */
public enum Session {
  PRE,
  REGULAR,
  POST;

  /**
   * The one so called, in small letters; empty for {@code all}.
   *
   * @throws PolygonException.InvalidRequest when there is none so called
   */
  public static Optional<Session> parse(String text) {
    return switch (text) {
      case "all" -> Optional.empty();
      case "pre", "regular", "post" -> Optional.of(valueOf(text.toUpperCase(Locale.ROOT)));
      default ->
          throw new PolygonException.InvalidRequest(
              "session",
              text,
              "'%s' is not a session: use all, regular, pre or post".formatted(text));
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
