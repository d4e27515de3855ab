package com.alphaxiii.polygon;

import com.alphaxiii.polygon.core.EventFeed;
import com.alphaxiii.polygon.core.NanoClock;
import com.alphaxiii.polygon.core.RecordingStatus;
import com.alphaxiii.polygon.core.Subscription;
import com.alphaxiii.polygon.core.Topic;
import com.alphaxiii.polygon.store.Recorder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/**
 * A recording of live events that is under way. Closing it makes Parquet files of what was seen,
 * which may take a while; what a program that was killed left behind becomes files when the next
 * recording into the same folder begins.
 */
public final class Recording implements AutoCloseable {
  private final Recorder recorder;
  private final Subscription subscription;

  private Recording(Recorder recorder, Subscription subscription) {
    this.recorder = recorder;
    this.subscription = subscription;
  }

  static Recording start(
      EventFeed feed, Path folder, Set<Topic> topics, InstantSource clock, NanoClock nanoClock) {
    Recorder recorder = Recorder.start(folder, topics, clock, nanoClock);
    try {
      return new Recording(recorder, feed.subscribe(topics, recorder));
    } catch (RuntimeException e) {
      recorder.close();
      throw e;
    }
  }

  /** How it goes. */
  public RecordingStatus status() {
    return recorder.status();
  }

  @Override
  public void close() {
    try (recorder) {
      subscription.close();
    }
  }
}
