package com.alphaxiii.polygon.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.alphaxiii.polygon.core.DocumentCache;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentStoreTest {
  private static final byte[] BODY =
      "{\"results\":[{\"id\":1,\"name\":\"Regular Sale\"},{\"id\":2,\"name\":\"Acquisition\"}]}"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir private Path root;
  private final Samples.TestClock clock = new Samples.TestClock("2014-07-03T16:00:00Z");
  private final AtomicInteger asked = new AtomicInteger();

  private byte[] ask(CacheFolder folder) {
    DocumentCache documents = new DocumentStore(folder.documents(), clock);
    return documents
        .get(
            "/v3/reference/conditions",
            Duration.ofHours(12),
            () -> {
              asked.incrementAndGet();
              return BODY;
            })
        .body();
  }

  private static void alter(CacheFolder folder, String sql) {
    folder
        .database()
        .write(
            connection -> {
              try (var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate(sql)).isOne();
                return null;
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE document SET body = x'00'",
        "UPDATE document SET body = x''",
        "UPDATE document SET bytes = bytes + 1",
        "UPDATE document SET bytes = -1",
        "UPDATE document SET body = substr(body, 1, length(body) - 1)",
      })
  void anAlteredAnswerIsAskedForAgain(String injury) {
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      assertThat(ask(folder)).isEqualTo(BODY);
      assertThat(ask(folder)).isEqualTo(BODY);
      assertThat(asked).hasValue(1);
      alter(folder, injury);
      assertThat(ask(folder)).isEqualTo(BODY);
      assertThat(ask(folder)).isEqualTo(BODY);
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void noFlippedBitIsBelieved() {
    try (CacheFolder folder = CacheFolder.open(root, clock)) {
      ask(folder);
      byte[] whole = body(folder);
      for (int bit = 0; bit < 8 * whole.length; bit++) {
        byte[] flipped = Arrays.copyOf(whole, whole.length);
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        put(folder, flipped);
        assertThat(ask(folder)).isEqualTo(BODY);
      }
    }
  }

  private static byte[] body(CacheFolder folder) {
    return folder
        .database()
        .read(
            connection -> {
              try (var statement = connection.createStatement();
                  var rows = statement.executeQuery("SELECT body FROM document")) {
                return rows.getBytes(1);
              }
            });
  }

  private static void put(CacheFolder folder, byte[] body) {
    folder
        .database()
        .write(
            connection -> {
              try (var update = connection.prepareStatement("UPDATE document SET body = ?")) {
                update.setBytes(1, body);
                return update.executeUpdate();
              }
            });
  }
}
