package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.Cursor;
import com.alphaxiii.polygon.core.Quote;
import com.alphaxiii.polygon.core.Rejected;
import com.alphaxiii.polygon.core.TickRequest;
import com.alphaxiii.polygon.core.TickSource;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Trade;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A day of millions of quotes is stored and read with a heap that could not hold it. */
class TickMemoryTest {
  private static final int QUOTES = 500_000;
  private static final Ticker SPY = Ticker.of("SPY");
  private static final LocalDate DAY = LocalDate.parse("2013-10-08");

  /** Makes quotes as they are asked for. */
  private static final class Endless implements TickSource {
    @Override
    public Optional<Trade> lastTrade(Ticker ticker) {
      return Optional.empty();
    }

    @Override
    public Optional<Quote> lastQuote(Ticker ticker) {
      return Optional.empty();
    }

    @Override
    public Cursor<Trade> trades(TickRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Cursor<Quote> quotes(TickRequest request) {
      Random random = new Random(1);
      long first = TickDay.nanos(request.range().start());
      return new Cursor<>() {
        private int given;

        @Override
        public boolean hasNext() {
          return given < QUOTES;
        }

        @Override
        public Quote next() {
          return ListTicks.quote(random, SPY, first + 50_000_000L * given, given++);
        }

        @Override
        public long rejectedCount() {
          return 0;
        }

        @Override
        public List<Rejected> rejected() {
          return List.of();
        }
      };
    }
  }

  /** Runs with a small heap, and says how many quotes it stored and read. */
  static final class Reader {
    public static void main(String[] args) {
      try (BarStore store =
          BarStore.open(
              Path.of(args[0]),
              request -> {
                throw new AssertionError(request.toString());
              },
              new ListReference(),
              new Samples.TestClock("2013-10-25T16:00:00Z"),
              Samples.CALENDAR)) {
        Cursor<Quote> quotes = store.ticks(new Endless()).quotes(TickRequest.ofDay(SPY, DAY));
        Random random = new Random(1);
        long first = TickDay.nanos(TickRequest.ofDay(SPY, DAY).range().start());
        int same = 0;
        for (int i = 0; i < QUOTES; i++) {
          Quote expected = ListTicks.quote(random, SPY, first + 50_000_000L * i, i);
          same += quotes.hasNext() && quotes.next().equals(expected) ? 1 : 0;
        }
        System.out.println(same + " " + quotes.hasNext());
      }
    }
  }

  @Test
  @Timeout(120)
  void theHeapHoldsAPieceOfTheDayAtATime(@TempDir Path root) throws Exception {
    Process reader =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = reader.inputReader()) {
      // Records alone would take some 170 bytes each.
      assertThat(out.readLine()).isEqualTo(QUOTES + " false");
      assertThat(reader.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      reader.destroyForcibly();
    }
  }
}
