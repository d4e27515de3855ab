package com.alphaxiii.polygon.core;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A kind of live event; its code is what subscriptions are written with. */
public enum Channel {
  TRADES("T"),
  QUOTES("Q"),
  SECOND_AGGREGATES("A"),
  MINUTE_AGGREGATES("AM");

  private final String code;

  Channel(String code) {
    this.code = code;
  }

  /** The vendor's code: T, Q, A, AM. */
  public String code() {
    return code;
  }

  /** The channel of a code; throws {@link PolygonException.InvalidRequest} when there is none. */
  public static Channel parse(String code) {
    for (Channel channel : values()) {
      if (channel.code.equals(code)) {
        return channel;
      }
    }
    throw new PolygonException.InvalidRequest(
        "channels",
        code,
        "'%s' is not a channel: use %s"
            .formatted(
                code,
                Arrays.stream(values()).map(Channel::code).collect(Collectors.joining(", "))));
  }

  @Override
  public String toString() {
    return code;
  }
}
