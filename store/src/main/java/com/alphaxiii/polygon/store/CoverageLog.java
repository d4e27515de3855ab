package com.alphaxiii.polygon.store;

import com.alphaxiii.polygon.core.Market;
import com.alphaxiii.polygon.core.Ticker;
import com.alphaxiii.polygon.core.Topic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a journal, entry after entry, from when to when each topic was recorded. A topic is
 * recorded from when its market's connection is known to work, at the latest from the market's
 * first event, until that connection is lost, events find no room, or the journal ends.
 */
final class CoverageLog {
  private final String session;
  private final List<RecordedStretch> stretches = new ArrayList<>();
  private final Map<String, Track> tracks = new LinkedHashMap<>();

  /** The tracks of events by code and symbol, so that topics are not made for each. */
  private final Map<String, Map<Integer, Track>> bySymbol = new LinkedHashMap<>();

  private long lastHeard;
  private boolean ended;

  CoverageLog(String session) {
    this.session = session;
  }

  /** A topic's present stretch. */
  private final class Track {
    private final String topic;
    private final Market market;
    private boolean open;
    private long from;
    private long firstEvent;
    private long lastEvent;
    private long events;

    Track(String topic, Market market) {
      this.topic = topic;
      this.market = market;
    }

    void open(long at) {
      if (!open) {
        open = true;
        from = at;
        firstEvent = 0;
        lastEvent = 0;
        events = 0;
      }
    }

    void close(long at, String why) {
      if (open) {
        open = false;
        stretches.add(
            new RecordedStretch(
                RecordedStretch.Kind.RECORDED,
                topic,
                from,
                Math.max(from, at),
                firstEvent,
                lastEvent,
                events,
                why,
                session));
      }
    }
  }

  /** Takes the next entry. */
  void add(JournalEntry entry) {
    if (entry.isEvent()) {
      event(entry);
    } else {
      word(entry);
    }
    lastHeard = Math.max(lastHeard, entry.received());
  }

  private void event(JournalEntry entry) {
    Track track =
        bySymbol
            .computeIfAbsent(entry.text(), symbol -> new LinkedHashMap<>())
            .computeIfAbsent(entry.code(), code -> track(entry));
    if (!track.open) {
      open(track.market::equals, entry.received());
    }
    track.firstEvent = track.events == 0 ? entry.time() : Math.min(track.firstEvent, entry.time());
    track.lastEvent = track.events == 0 ? entry.time() : Math.max(track.lastEvent, entry.time());
    track.events++;
  }

  private Track track(JournalEntry entry) {
    Market market = new Ticker(entry.text()).market();
    String channel = RecordedKind.of(entry.code()).channel().code() + ".";
    Track own = tracks.get(channel + entry.text());
    Track all = tracks.get(channel + market.wildcard());
    return own != null
        ? own
        : all != null
            ? all
            : tracks.computeIfAbsent(channel + entry.text(), name -> new Track(name, market));
  }

  private void word(JournalEntry entry) {
    if (JournalWord.BEGIN.is(entry)) {
      topics(entry.text())
          .forEach(
              topic ->
                  tracks.putIfAbsent(
                      topic.toString(), new Track(topic.toString(), topic.market())));
    } else if (JournalWord.CONNECTED.is(entry)) {
      open(of(entry.text()), entry.received());
    } else if (JournalWord.DISCONNECTED.is(entry)) {
      close(of(entry.text()), entry.received(), "the connection was lost");
    } else if (JournalWord.GAP.is(entry)) {
      gap(entry);
    } else if (JournalWord.LOST.is(entry)) {
      lost(entry.text().split(" ", 4));
    } else if (JournalWord.END.is(entry)) {
      ended = true;
      close(market -> true, entry.received(), entry.text());
    }
  }

  private void open(Predicate<Market> which, long at) {
    for (Track track : tracks.values()) {
      if (which.test(track.market)) {
        track.open(at);
      }
    }
  }

  private void close(Predicate<Market> which, long at, String why) {
    for (Track track : tracks.values()) {
      if (which.test(track.market)) {
        track.close(at, why);
      }
    }
  }

  private static Predicate<Market> of(String path) {
    return market -> path.isEmpty() || market.path().equals(path);
  }

  private void gap(JournalEntry entry) {
    String[] words = entry.text().split(" ", 3);
    for (Topic topic : topics(words[2])) {
      stretches.add(
          new RecordedStretch(
              RecordedStretch.Kind.GAP,
              topic.toString(),
              entry.received(),
              entry.received(),
              Long.parseLong(words[0]),
              Long.parseLong(words[1]),
              0,
              "the feed lost events",
              session));
    }
  }

  private void lost(String[] words) {
    long from = Long.parseLong(words[1]);
    long to = Long.parseLong(words[2]);
    List<Track> interrupted = tracks.values().stream().filter(track -> track.open).toList();
    interrupted.forEach(track -> track.close(from, words[3]));
    stretches.add(
        new RecordedStretch(
            RecordedStretch.Kind.LOST,
            "",
            from,
            to,
            0,
            0,
            Long.parseLong(words[0]),
            words[3],
            session));
    interrupted.forEach(track -> track.open(to));
  }

  private static List<Topic> topics(String text) {
    List<Topic> topics = new ArrayList<>();
    for (String topic : text.split(" ")) {
      if (!topic.isEmpty()) {
        topics.add(Topic.parse(topic));
      }
    }
    return topics;
  }

  /** All stretches, once there are no more entries. */
  List<RecordedStretch> stretches() {
    if (!ended) {
      close(
          market -> true,
          lastHeard,
          "the journal ends here: the program was killed, or the disk failed");
    }
    return List.copyOf(stretches);
  }

  /** Word of a gap, as a journal has it; null for one that names no topic. */
  static @Nullable String gap(long from, long to, Iterable<Topic> topics) {
    StringBuilder text = new StringBuilder().append(from).append(' ').append(to);
    int before = text.length();
    topics.forEach(topic -> text.append(' ').append(topic));
    return text.length() == before ? null : text.toString();
  }
}
