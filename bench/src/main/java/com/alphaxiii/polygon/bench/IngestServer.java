package com.alphaxiii.polygon.bench;

import com.alphaxiii.polygon.client.StreamClient;
import com.alphaxiii.polygon.client.StreamConfig;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.Secret;
import com.alphaxiii.polygon.server.DataServer;
import com.alphaxiii.polygon.server.ServerConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/**
 * The real server over the real stream client, whose vendor is a {@link Firehose} at the port that
 * is its argument. Prints its own port, and for each line of standard input what it holds: {@code
 * state} with the heap in use behind a full collection, in bytes, and how many events have come and
 * could not be read.
 */
final class IngestServer {
  private IngestServer() {}

  public static void main(String[] args) throws Exception {
    URI vendor = URI.create("ws://127.0.0.1:" + args[0]);
    StreamClient feed =
        StreamClient.open(
            StreamConfig.of(vendor, new Secret("any")), InstantSource.system(), NanoClock.system());
    DataServer server = DataServer.start(ServerConfig.of("127.0.0.1", 0), FanOutServer.ports(feed));
    say("port " + server.port());
    BufferedReader words =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = words.readLine(); line != null; line = words.readLine()) {
      ManagementFactory.getMemoryMXBean().gc();
      say(
          "state %d %d %d"
              .formatted(
                  ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                  feed.statistics().events(),
                  feed.statistics().malformed()));
    }
    System.exit(0);
  }

  private static void say(String words) {
    System.out.println(words);
    System.out.flush();
  }
}
