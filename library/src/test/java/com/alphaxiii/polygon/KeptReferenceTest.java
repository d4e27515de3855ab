package com.alphaxiii.polygon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alphaxiii.polygon.client.References;
import com.alphaxiii.polygon.core.Listing;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.PolygonException;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.VendorReply;
import com.alphaxiii.polygon.reference.Condition;
import com.alphaxiii.polygon.simulator.Fault;
import com.alphaxiii.polygon.simulator.Scenario;
import com.alphaxiii.polygon.simulator.Simulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reference data is asked for once, and old answers serve while the vendor is out of reach. */
class KeptReferenceTest {
  private static final String KEY = "key-of-the-test-4711";

  @TempDir Path folder;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2024-03-13T14:30:30Z"));
  private final InstantSource clock = now::get;
  private Simulator simulator;
  private PolygonDataManager manager;

  @BeforeEach
  void open() {
    simulator = Simulator.start(Scenario.builder().clock(clock).build());
    manager = manager();
  }

  private PolygonDataManager manager() {
    return PolygonDataManager.open(
        PolygonConfig.builder()
            .apiKey(KEY)
            .baseUrl(simulator.baseUrl())
            .cacheDir(folder.resolve("cache"))
            .build(),
        clock,
        // Nobody waits between attempts here.
        new NanoClock() {
          @Override
          public long nanoTime() {
            return now.get().toEpochMilli() * 1_000_000;
          }

          @Override
          public void sleep(Duration duration) {}
        });
  }

  @AfterEach
  void close() {
    manager.close();
    simulator.close();
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private long asked() {
    return simulator.requests().total();
  }

  @Test
  void factsAreAskedForOnceAlsoByTheNextProgram() throws Exception {
    References reference = manager.vendor().reference();
    Listing<Condition> conditions = reference.conditions("stocks");
    assertThat(conditions.values()).isNotEmpty();
    assertThat(conditions.stale()).isEmpty();
    var details = reference.details(Ticker.of("MSFT"));
    var hits = manager.searchSymbols("a");
    var types = reference.types();
    var exchanges = reference.exchanges("stocks");
    var holidays = reference.holidays();
    assertThat(details).isPresent();
    assertThat(hits).isNotEmpty();
    long before = asked();

    manager.close();
    manager = manager();
    reference = manager.vendor().reference();
    assertThat(reference.conditions("stocks")).isEqualTo(conditions);
    assertThat(reference.details(Ticker.of("MSFT"))).isEqualTo(details);
    assertThat(manager.searchSymbols("a")).isEqualTo(hits);
    assertThat(reference.types()).isEqualTo(types);
    assertThat(reference.exchanges("stocks")).isEqualTo(exchanges);
    assertThat(reference.holidays()).isEqualTo(holidays);
    assertThat(manager.findTicker("MSFT")).isPresent();
    assertThat(asked()).isEqualTo(before);

    pass(Duration.ofHours(2));
    reference.holidays();
    assertThat(asked()).isEqualTo(before + 1);
    pass(Duration.ofHours(11));
    reference.conditions("stocks");
    assertThat(asked()).isEqualTo(before + 2);
    manager.clearCache(java.util.Optional.empty(), java.util.OptionalInt.empty());
    reference.conditions("stocks");
    assertThat(asked()).isEqualTo(before + 3);
    assertThat(new String(Files.readAllBytes(database()), StandardCharsets.ISO_8859_1))
        .as("what is stored")
        .contains("/v3/reference/conditions")
        .doesNotContain(KEY);
  }

  private Path database() {
    // Closing brings all of it into the one file.
    manager.close();
    Path file = folder.resolve("cache/cache/polygon_cache.db");
    manager = manager();
    return file;
  }

  @Test
  void anOldAnswerServesAndSaysSoWhileTheVendorIsOutOfReach() {
    References reference = manager.vendor().reference();
    Instant first = now.get();
    Listing<Condition> fresh = reference.conditions("stocks");
    pass(Duration.ofHours(13));
    simulator.faults().when(path -> true, Fault.status(503), Integer.MAX_VALUE);
    Listing<Condition> old = reference.conditions("stocks");
    assertThat(old.values()).isEqualTo(fresh.values());
    assertThat(old.stale()).contains(first);
    long before = asked();
    assertThat(reference.conditions("stocks").stale()).contains(first);
    assertThat(asked()).as("within a minute").isEqualTo(before);
    assertThatThrownBy(() -> reference.conditions("options"))
        .isInstanceOf(PolygonException.Unavailable.class);
    assertThatThrownBy(() -> reference.details(Ticker.of("MSFT")))
        .as("never asked for before")
        .isInstanceOf(PolygonException.Unavailable.class);
  }

  @Test
  void theVendorsOwnPathsAreKeptToo() {
    String conditions = "/v3/reference/conditions?asset_class=stocks&limit=1000";
    Instant asked = now.get();
    VendorReply first = manager.vendorSource().ask(conditions);
    assertThat(first.status()).isEqualTo(200);
    assertThat(manager.vendorSource().ask(conditions)).isEqualTo(first);
    assertThat(asked()).isOne();
    // Of several pages, of the present, and refusals.
    for (String target :
        List.of(
            "/v3/reference/tickers?limit=1",
            "/v1/marketstatus/now",
            "/v3/reference/tickers/NOPE?date=2020-01-02")) {
      long before = asked();
      manager.vendorSource().ask(target);
      manager.vendorSource().ask(target);
      assertThat(asked()).as(target).isEqualTo(before + 2);
    }
    pass(Duration.ofHours(13));
    simulator.faults().when(path -> true, Fault.status(503), Integer.MAX_VALUE);
    VendorReply old = manager.vendorSource().ask(conditions);
    assertThat(old.body()).isEqualTo(first.body());
    assertThat(first.staleSince()).isEmpty();
    assertThat(old.staleSince()).contains(asked);
  }

  @Test
  void whoAskAtOnceShareOneRequest() throws Exception {
    simulator.faults().when(path -> true, Fault.delay(Duration.ofMillis(200)), 1);
    References reference = manager.vendor().reference();
    List<Future<Listing<Condition>>> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        answers.add(threads.submit(() -> reference.conditions("stocks")));
      }
      for (Future<Listing<Condition>> answer : answers) {
        assertThat(answer.get().values()).isNotEmpty();
      }
    }
    assertThat(asked()).isOne();
  }
}
