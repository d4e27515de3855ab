package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.core.FeedStatus;
import com.alphaxiii.polygon.core.Gap;
import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.TickerEvent;
import com.alphaxiii.polygon.core.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final Ticker SPY = Ticker.of("SPY");
  private static final Set<Topic> SPY_TRADES = Set.of(Topic.parse("T.SPY"));
  private static final int QUEUE = 1 << 17;

  /** Each look at the clock is a nanosecond later. */
  private static final class Ticking implements InstantSource {
    private final AtomicLong nanos = new AtomicLong();
    private final Instant start = Instant.parse("2013-10-08T14:00:00Z");

    @Override
    public Instant instant() {
      return start.plusNanos(nanos.incrementAndGet());
    }

    long nanos() {
      return TickDay.nanos(start) + nanos.get();
    }

    void advance(Duration duration) {
      nanos.addAndGet(duration.toNanos());
    }
  }

  private record Taken(TickerEvent event, long earliest, long latest) {}

  private final Ticking clock = new Ticking();
  private final TestNanoClock nanoClock = new TestNanoClock();

  private Recorder start(Path folder, Set<Topic> topics, int queue, int segment) {
    return Recorder.start(folder, topics, clock, nanoClock, queue, segment);
  }

  private static Set<JournalRun.Key> keys(List<TickerEvent> events) {
    Set<JournalRun.Key> keys = new HashSet<>();
    for (TickerEvent event : events) {
      keys.add(
          new JournalRun.Key(
              event.symbol(),
              RecordedKind.of(event.channel()).code(),
              TickDay.date(event.time(), event.ticker().market().zone()).toEpochDay()));
    }
    return keys;
  }

  /** All that a folder has of events like these, in the order of arrival. */
  private static List<Recorded<?>> read(Path folder, List<TickerEvent> events) {
    List<Recorded<?>> found = new ArrayList<>();
    try (RecordingFolder recording = new RecordingFolder(folder)) {
      for (JournalRun.Key key : keys(events)) {
        TickDay day = key.tickDay();
        RecordingFolder.Events file =
            recording.events(day.ticker(), key.kind().channel(), day.day(), Long.MIN_VALUE);
        long before = -1;
        String session = "";
        while (file.hasNext()) {
          Recorded<?> next = file.next();
          assertThat(next.session()).isGreaterThanOrEqualTo(session);
          before = next.session().equals(session) ? before : -1;
          assertThat(next.arrival()).isGreaterThan(before);
          before = next.arrival();
          session = next.session();
          found.add(next);
        }
      }
    }
    found.sort(
        Comparator.comparing((Recorded<?> seen) -> seen.session())
            .thenComparing(Recorded::arrival));
    return found;
  }

  @Property(tries = 12)
  void whatWasSeenIsReadBackToTheLastDigitAndInOrder(
      @ForAll long seed,
      @ForAll @IntRange(max = 700) int count,
      @ForAll @IntRange(min = 1_000, max = 50_000) int segment)
      throws IOException {
    Path folder = Files.createTempDirectory("recording");
    try {
      List<TickerEvent> events = AnyEvents.some(seed, count);
      List<Taken> taken = new ArrayList<>();
      try (Recorder recorder = start(folder, AnyEvents.topics(events), QUEUE, segment)) {
        for (TickerEvent event : events) {
          long earliest = clock.nanos();
          recorder.accept(event);
          taken.add(new Taken(event, earliest, clock.nanos()));
        }
      }
      List<Recorded<?>> read = read(folder, events);
      assertThat(read).hasSameSizeAs(taken);
      for (int i = 0; i < read.size(); i++) {
        assertThat((Object) read.get(i).event()).isEqualTo(taken.get(i).event());
        assertThat(read.get(i).received())
            .isBetween(taken.get(i).earliest(), taken.get(i).latest());
      }
      assertThat(RecordingLayout.names(folder.resolve("journal"))).isEmpty();
      assertThat(RecordingLayout.names(folder.resolve(".tmp"))).isEmpty();
    } finally {
      RecordingLayout.remove(folder);
    }
  }

  @Test
  void aBurstThatTheQueueCannotHoldIsCountedAndTold(@TempDir Path folder) throws Exception {
    int sent = 300_000;
    List<TickerEvent> events = new ArrayList<>();
    Recorder recorder = start(folder, SPY_TRADES, 64, Journal.SEGMENT_BYTES);
    try (recorder) {
      for (int i = 0; i < sent; i++) {
        TickerEvent event = AnyEvents.trade(SPY, i);
        events.add(event);
        recorder.accept(event);
      }
    }
    List<Recorded<?>> read = read(folder, events);
    assertThat(read.size()).isBetween(1, sent - 1);
    assertThat(recorder.status().recorded()).isEqualTo(read.size());
    assertThat(recorder.status().dropped()).isEqualTo(sent - read.size());

    List<RecordedStretch> coverage = coverage(folder);
    List<RecordedStretch> lost =
        coverage.stream().filter(s -> s.kind() == RecordedStretch.Kind.LOST).toList();
    assertThat(lost.stream().mapToLong(RecordedStretch::events).sum())
        .isEqualTo(sent - read.size());
    List<RecordedStretch> kept =
        coverage.stream().filter(s -> s.kind() == RecordedStretch.Kind.RECORDED).toList();
    assertThat(kept.stream().mapToLong(RecordedStretch::events).sum()).isEqualTo(read.size());
    // Where events are missing between two that were kept, nothing says that all was recorded.
    long number = 0;
    long received = 0;
    for (Recorded<?> next : read) {
      long present = Long.parseLong(((com.alphaxiii.polygon.core.Trade) next.event()).id());
      if (number > 0 && present != number) {
        long from = received;
        assertThat(lost)
            .anyMatch(s -> s.from() <= from && s.to() <= next.received() && s.to() > from);
      }
      number = present + 1;
      received = next.received();
    }
  }

  private static List<RecordedStretch> coverage(Path folder) {
    try (RecordingFolder recording = new RecordingFolder(folder)) {
      return recording.coverage();
    }
  }

  private FeedStatus status(FeedStatus.State state) {
    return new FeedStatus(state, "of the test", clock.instant(), Optional.of(Market.STOCKS));
  }

  @Test
  void coverageTellsWhatWasRecordedAndWhatIsMissing(@TempDir Path folder) {
    Topic quiet = Topic.parse("Q.IBM");
    Instant from = Instant.parse("2013-10-08T13:59:00.123456789Z");
    Instant to = Instant.parse("2013-10-08T14:00:01Z");
    long connected;
    long lost;
    try (Recorder recorder =
        start(folder, Set.of(Topic.parse("T.SPY"), quiet), QUEUE, Journal.SEGMENT_BYTES)) {
      clock.advance(Duration.ofMinutes(1));
      recorder.accept(status(FeedStatus.State.CONNECTING));
      recorder.accept(status(FeedStatus.State.CONNECTED));
      connected = clock.nanos();
      recorder.accept(AnyEvents.trade(SPY, 1));
      recorder.accept(AnyEvents.trade(SPY, 2));
      recorder.accept(status(FeedStatus.State.RECONNECTING));
      lost = clock.nanos();
      clock.advance(Duration.ofMinutes(1));
      recorder.accept(status(FeedStatus.State.CONNECTED));
      recorder.accept(new Gap(Set.of(quiet), from, to));
      clock.advance(Duration.ofMinutes(1));
    }
    List<RecordedStretch> stretches = coverage(folder);
    assertThat(stretches.stream().filter(s -> s.topic().equals("Q.IBM")).toList())
        .extracting(RecordedStretch::kind, RecordedStretch::events)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(RecordedStretch.Kind.RECORDED, 0L),
            org.assertj.core.groups.Tuple.tuple(RecordedStretch.Kind.RECORDED, 0L),
            org.assertj.core.groups.Tuple.tuple(RecordedStretch.Kind.GAP, 0L));
    RecordedStretch gap =
        stretches.stream().filter(s -> s.kind() == RecordedStretch.Kind.GAP).findFirst().get();
    assertThat(gap.firstEvent()).isEqualTo(TickDay.nanos(from));
    assertThat(gap.lastEvent()).isEqualTo(TickDay.nanos(to));
    List<RecordedStretch> trades =
        stretches.stream().filter(s -> s.topic().equals("T.SPY")).toList();
    assertThat(trades).hasSize(2);
    assertThat(trades.getFirst().from()).isEqualTo(connected);
    assertThat(trades.getFirst().to()).isEqualTo(lost);
    assertThat(trades.getFirst().events()).isEqualTo(2);
    assertThat(trades.getFirst().firstEvent()).isEqualTo(AnyEvents.trade(SPY, 1).time());
    assertThat(trades.getFirst().lastEvent()).isEqualTo(AnyEvents.trade(SPY, 2).time());
    assertThat(trades.getLast().events()).isZero();
    assertThat(trades.getLast().to() - trades.getLast().from())
        .isGreaterThanOrEqualTo(Duration.ofMinutes(1).toNanos());
    assertThat(trades.getLast().end()).isEqualTo("the recorder was closed");
  }

  @Test
  void aFolderHasOneRecorder(@TempDir Path folder) {
    try (Recorder recorder = start(folder, SPY_TRADES, QUEUE, Journal.SEGMENT_BYTES)) {
      assertThat(recorder.status().problem()).isEmpty();
      assertThatThrownBy(() -> start(folder, SPY_TRADES, QUEUE, Journal.SEGMENT_BYTES))
          .isInstanceOf(PolygonException.StorageFailure.class)
          .hasMessageContaining("another program records into " + folder);
    }
    start(folder, SPY_TRADES, QUEUE, Journal.SEGMENT_BYTES).close();
  }

  private static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aNewDayIsANewSessionWhileTheOldOneBecomesFiles(@TempDir Path folder) {
    TickerEvent first = AnyEvents.trade(SPY, 1);
    TickerEvent second = AnyEvents.trade(SPY, 24L * 60 * 60 * 1_000);
    try (Recorder recorder = start(folder, SPY_TRADES, QUEUE, Journal.SEGMENT_BYTES)) {
      recorder.accept(status(FeedStatus.State.CONNECTED));
      recorder.accept(first);
      await(() -> recorder.status().recorded() == 1, "the first event");
      clock.advance(Duration.ofDays(1));
      recorder.accept(second);
      await(() -> !coverage(folder).isEmpty(), "files of the first day");
      assertThat(read(folder, List.of(first)))
          .extracting(Recorded::event)
          .isEqualTo(List.of(first));
    }
    List<RecordedStretch> stretches = coverage(folder);
    assertThat(stretches).extracting(RecordedStretch::events).containsExactly(1L, 1L);
    assertThat(stretches.getFirst().end()).isEqualTo("the day ended");
    assertThat(stretches.getFirst().session()).isLessThan(stretches.getLast().session());
    assertThat(read(folder, List.of(first, second)))
        .extracting(Recorded::event)
        .isEqualTo(List.of(first, second));
  }

  @Test
  void aDiskThatFailsCostsTheEventsOfThatTimeAndSaysSo(@TempDir Path folder) throws Exception {
    List<TickerEvent> events = new ArrayList<>();
    Recorder recorder = start(folder, SPY_TRADES, QUEUE, 1_000);
    try (recorder) {
      // The next file of the journal cannot be made, as on a disk that is gone.
      RecordingLayout.remove(folder.resolve("journal"));
      for (int i = 0; i < 100; i++) {
        events.add(AnyEvents.trade(SPY, i));
      }
      events.forEach(recorder::accept);
      await(() -> recorder.status().problem().isPresent(), "a problem");
      assertThat(recorder.status().problem().get()).contains("cannot be written");
      Files.createDirectory(folder.resolve("journal"));
      nanoClock.advance(Duration.ofSeconds(6));
      await(() -> recorder.status().problem().isEmpty(), "no problem");
      TickerEvent after = AnyEvents.trade(SPY, 100);
      events.add(after);
      recorder.accept(after);
    }
    List<Recorded<?>> read = read(folder, events);
    assertThat((Object) read.getLast().event()).isEqualTo(events.getLast());
    assertThat(recorder.status().recorded() + recorder.status().dropped()).isEqualTo(101);
    assertThat(
            coverage(folder).stream()
                .filter(s -> s.kind() == RecordedStretch.Kind.LOST)
                .mapToLong(RecordedStretch::events)
                .sum())
        .isEqualTo(recorder.status().dropped());
  }

  @Test
  void aFolderThatCannotEvenBeListedForAWhileEndsNoRecording(@TempDir Path folder)
      throws Exception {
    Path journals = folder.resolve("journal");
    TickerEvent after = AnyEvents.trade(SPY, 100);
    Recorder recorder = start(folder, SPY_TRADES, QUEUE, 1_000);
    try (recorder) {
      RecordingLayout.remove(journals);
      // A link to itself: there is something, and nobody can look at it.
      Files.createSymbolicLink(journals, journals);
      for (int i = 0; i < 100; i++) {
        recorder.accept(AnyEvents.trade(SPY, i));
      }
      await(() -> recorder.status().problem().isPresent(), "a problem");
      nanoClock.advance(Duration.ofSeconds(6));
      await(
          () -> recorder.status().problem().filter(p -> p.contains("be listed")).isPresent(),
          "another try");
      Files.delete(journals);
      Files.createDirectory(journals);
      nanoClock.advance(Duration.ofSeconds(6));
      await(() -> recorder.status().problem().isEmpty(), "no problem");
      recorder.accept(after);
    }
    assertThat((Object) read(folder, List.of(after)).getLast().event()).isEqualTo(after);
  }

  @Test
  void whatIsTornIsTheEndAndAllBeforeItIsRead(@TempDir Path folder) throws Exception {
    List<TickerEvent> events = AnyEvents.some(7, 200);
    RecordingSessions sessions = RecordingSessions.open(folder, 5_000);
    try (sessions) {
      Journal journal = sessions.begin(clock.instant());
      for (TickerEvent event : events) {
        journal.append(event, clock.nanos());
      }
      journal.close();
      Path last;
      try (Stream<Path> files = Files.list(folder.resolve("journal/" + journal.session()))) {
        last = files.max(Comparator.naturalOrder()).get();
      }
      Files.write(last, new byte[] {50, 0, 0, 0, 1, 2, 3, 4, 1}, StandardOpenOption.APPEND);
    }
    start(folder, SPY_TRADES, QUEUE, Journal.SEGMENT_BYTES).close();
    assertThat(read(folder, events)).extracting(Recorded::event).isEqualTo(events);
    assertThat(coverage(folder))
        .filteredOn(s -> s.kind() == RecordedStretch.Kind.RECORDED)
        .allMatch(s -> s.end().contains("killed"));
  }
}
