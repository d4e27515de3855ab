package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.BarAnswer;
import com.alphaxiii.polygon.core.TimeRange;
import com.alphaxiii.polygon.core.Urgency;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Requests on their way, so that the same thing is not asked for twice at a time. */
final class Flights {
  /** A stretch that is being fetched and stored; closing tells those who wait for it. */
  final class Flight implements AutoCloseable {
    private final Series series;
    private final TimeRange stretch;
    private final CompletableFuture<Void> landed = new CompletableFuture<>();
    private final Urgency urgency = new Urgency();

    private Flight(Series series, TimeRange stretch) {
      this.series = series;
      this.stretch = stretch;
    }

    /** Whether somebody waits for it. */
    Urgency urgency() {
      return urgency;
    }

    @Override
    public void close() {
      land(this);
    }
  }

  private record Tail(Series series, TimeRange range) {}

  private final Map<Series, Set<Flight>> aloft = new HashMap<>();
  private final ConcurrentMap<Tail, CompletableFuture<BarAnswer>> tails = new ConcurrentHashMap<>();

  /**
   * Starts a flight, or waits until one that shares some of the stretch has landed, and then
   * returns nothing: what is missing must be looked at again.
   *
   * @param urgent whether all that share some of it are to hurry
   */
  Optional<Flight> board(Series series, TimeRange stretch, boolean urgent) {
    CompletableFuture<Void> other;
    List<Flight> sharing;
    synchronized (aloft) {
      Set<Flight> others = aloft.computeIfAbsent(series, s -> new LinkedHashSet<>());
      sharing = others.stream().filter(f -> !f.stretch.intersect(stretch).isEmpty()).toList();
      if (sharing.isEmpty()) {
        Flight flight = new Flight(series, stretch);
        others.add(flight);
        return Optional.of(flight);
      }
      other = sharing.getFirst().landed;
    }
    if (urgent) {
      sharing.forEach(flight -> flight.urgency().raise());
    }
    other.join();
    return Optional.empty();
  }

  private void land(Flight flight) {
    synchronized (aloft) {
      Set<Flight> others = aloft.getOrDefault(flight.series, Set.of());
      others.remove(flight);
      if (others.isEmpty()) {
        aloft.remove(flight.series);
      }
    }
    flight.landed.complete(null);
  }

  /**
   * The answer of the one request for an unsettled tail that is on its way, or of a new one.
   *
   * @param end of the range as asked for, by which equal requests are known
   */
  BarAnswer share(Series series, Instant start, Instant end, Supplier<BarAnswer> request) {
    Tail tail = new Tail(series, TimeRange.of(start, end));
    CompletableFuture<BarAnswer> mine = new CompletableFuture<>();
    for (CompletableFuture<BarAnswer> other = tails.putIfAbsent(tail, mine);
        other != null;
        other = tails.putIfAbsent(tail, mine)) {
      try {
        return join(other);
      } catch (CancellationException e) {
        // The one who asked was interrupted, which is no answer for anyone else.
      }
    }
    try {
      BarAnswer answer = request.get();
      mine.complete(answer);
      return answer;
    } catch (RuntimeException | Error e) {
      if (Thread.currentThread().isInterrupted()) {
        tails.remove(tail, mine);
        mine.cancel(false);
      } else {
        mine.completeExceptionally(e);
      }
      throw e;
    } finally {
      tails.remove(tail, mine);
    }
  }

  private static BarAnswer join(CompletableFuture<BarAnswer> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
