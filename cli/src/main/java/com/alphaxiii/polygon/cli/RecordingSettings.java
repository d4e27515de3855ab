package com.alphaxiii.polygon.cli;

import com.alphaxiii.polygon.core.Channel;
import com.alphaxiii.polygon.core.Settings;
import com.alphaxiii.polygon.core.Topic;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a server records, and where.
 *
 * @param folder root of the recordings
 * @param topics none = nothing is recorded
 */
record RecordingSettings(Path folder, Set<Topic> topics) {
  private static final Set<Channel> USUAL = Set.of(Channel.TRADES, Channel.QUOTES);

  /** Malformed values become problems of the settings. */
  static RecordingSettings of(Settings settings, Path cacheDir) {
    List<String> symbols =
        settings.value("RECORD_SYMBOLS", RecordingSettings::words, List.<String>of());
    Set<Channel> channels = settings.value("RECORD_CHANNELS", RecordingSettings::channels, USUAL);
    if (symbols.isEmpty() && settings.text("RECORD_CHANNELS").isPresent()) {
      settings.problem(
          "RECORD_CHANNELS needs RECORD_SYMBOLS: tickers such as SPY,AAPL, or * for all stocks");
    }
    Set<Topic> topics =
        settings.value("RECORD_SYMBOLS", text -> topics(words(text), channels), Set.of());
    return new RecordingSettings(folder(settings, cacheDir), topics);
  }

  /** The root of recordings, whether or not something is recorded. */
  static Path folder(Settings settings, Path cacheDir) {
    return settings.value("RECORD_DIR", Path::of, cacheDir.resolve("recordings"));
  }

  /** Reads {@code T,Q}. */
  static Set<Channel> channels(String text) {
    Set<Channel> channels = new LinkedHashSet<>();
    words(text).forEach(word -> channels.add(Channel.parse(word)));
    return channels;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(w -> !w.isEmpty()).toList();
  }

  private static Set<Topic> topics(List<String> symbols, Set<Channel> channels) {
    Set<Topic> topics = new LinkedHashSet<>();
    for (String symbol : symbols) {
      channels.forEach(channel -> topics.add(new Topic(channel, symbol)));
    }
    return topics;
  }
}
