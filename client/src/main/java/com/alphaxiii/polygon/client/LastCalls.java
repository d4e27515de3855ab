package com.alphaxiii.polygon.client;

import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.UpstreamStatus;
import com.alphaxiii.polygon.core.UpstreamStatus.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Remembers how the last calls of the vendor ended. */
final class LastCalls {
  private static final int UNAUTHORIZED = 401;
  private static final int SERVER_ERRORS = 500;

  private final InstantSource clock;
  private final AtomicReference<UpstreamStatus> status =
      new AtomicReference<>(UpstreamStatus.UNKNOWN);

  LastCalls(InstantSource clock) {
    this.clock = clock;
  }

  /** The vendor has answered, whatever it said. */
  void answered(int code, Duration took) {
    State state =
        code == UNAUTHORIZED
            ? State.REFUSING
            : code >= SERVER_ERRORS ? State.FAILING : State.REACHABLE;
    Optional<String> problem =
        switch (state) {
          case REFUSING -> Optional.of("the vendor does not accept the key: HTTP 401");
          case FAILING -> Optional.of("the vendor answers with HTTP " + code);
          default -> Optional.empty();
        };
    status.updateAndGet(
        last ->
            new UpstreamStatus(
                state,
                Optional.of(clock.instant()),
                problem.isPresent() ? Optional.of(clock.instant()) : last.failedAt(),
                Optional.of(took),
                problem));
  }

  /** There was no answer, or none that is whole. */
  void failed(PolygonException reason) {
    status.updateAndGet(
        last ->
            new UpstreamStatus(
                State.UNREACHABLE,
                last.answeredAt(),
                Optional.of(clock.instant()),
                last.took(),
                Optional.of(String.valueOf(reason.getMessage()))));
  }

  UpstreamStatus status() {
    return status.get();
  }
}
